import type { Call } from '../call/call.js'
import { after } from '../call/time-limit.js'
import { DreamStorageAuthError, DreamStorageInputError, DreamStorageTimeoutError } from '../errors.js'

/** A bearer token. `generation` tells tokens apart: two logins in one second return the same text. */
export interface Token {
  readonly text: string
  readonly generation: number
}

/** Where tokens come from. */
export interface TokenSource {
  /**
   * @param held the token that the call got before, if it may still be valid
   * @returns a valid token, or a promise of one if the call has to wait
   */
  token(call: Call, held?: Token): Token | Promise<Token>
  /** @returns the token to send instead of `held`, which may have been refused; undefined when there is none */
  current(held: Token): Token | undefined
  /** Told that the service refused a token with 401. @returns whether another one can be had */
  reject(refused: Token, call: Call): boolean
  /** Told that the service accepted a token. */
  accept(accepted: Token): void
  /** @returns a new token if the source can log in, else the one it has */
  authenticate(call: Call): Token | Promise<Token>
}

/** An API key, or a function that returns a token: it is called once for each call, and once more after a 401. */
export type TokenProvider = string | (() => string | Promise<string>)

/**
 * @returns whether a value can follow `Bearer ` in a header: visible ASCII characters, a little more than the RFC permits
 * @see RFC 6750 §2.1
 */
export function isTokenText(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)
}

/** Tokens from the option `token`. */
export class ProvidedTokenSource implements TokenSource {
  readonly #provider: TokenProvider
  readonly #requestMs: number
  #generation = 0

  /** A function has `requestMs` milliseconds for its token. */
  constructor(provider: TokenProvider, requestMs: number) {
    this.#provider = provider
    this.#requestMs = requestMs
  }

  token(call: Call, held?: Token): Token | Promise<Token> {
    const provider = this.#provider
    if (held) return held
    if (typeof provider === 'string') return { text: provider, generation: 0 }
    return this.#ask(provider, call)
  }

  current(held: Token): Token {
    return held
  }

  reject(): boolean {
    return typeof this.#provider === 'function'
  }

  accept(): void {}

  authenticate(call: Call): Token | Promise<Token> {
    return this.token(call)
  }

  async #ask(provider: () => string | Promise<string>, call: Call): Promise<Token> {
    const limitMs = this.#requestMs
    const expired = (): unknown =>
      new DreamStorageTimeoutError('headers', limitMs, call.context, 'the token function did not return')
    const text = await call.cancellation.wait(ask(provider, call), after(limitMs, expired))
    return { text, generation: ++this.#generation }
  }
}

async function ask(provider: () => string | Promise<string>, call: Call): Promise<string> {
  let text: unknown
  try {
    text = await provider()
  } catch (cause) {
    const context = { ...call.context, cause: call.secrets.cause(cause) }
    throw new DreamStorageAuthError('the token function failed', context)
  }
  if (isTokenText(text)) return text
  throw new DreamStorageInputError(
    'the token function must return a token of visible ASCII characters',
    call.context,
  )
}
