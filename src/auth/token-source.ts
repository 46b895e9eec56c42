import type { Call } from '../call/call.js'
import { DreamStorageAuthError, DreamStorageInputError } from '../errors.js'

/** A bearer token. Two logins in one second return the same text, so tokens are told apart by `generation`. */
export interface Token {
  readonly text: string
  readonly generation: number
}

/** Where tokens come from. */
export interface TokenSource {
  /** A valid token, at once or when there is one. `held` is what the call got before, if it may still be good. */
  token(call: Call, held?: Token): Token | Promise<Token>
  /** The token to send in the place of `held`, which may have been refused meanwhile; undefined when there is none. */
  current(held: Token): Token | undefined
  /** The service refused a token with 401. Returns whether another one can be had. */
  reject(refused: Token): boolean
  /** A new token if the source can make one. */
  authenticate(call: Call): Token | Promise<Token>
}

/** An API key, or a function that returns a token: it is called for each call, and once more after a 401. */
export type TokenProvider = string | (() => string | Promise<string>)

/** What a header can carry after `Bearer `: RFC 6750 §2.1, and a little more. */
export function isTokenText(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)
}

/** Tokens of the user. */
export class ProvidedTokenSource implements TokenSource {
  readonly #provider: TokenProvider
  #generation = 0

  constructor(provider: TokenProvider) {
    this.#provider = provider
  }

  token(call: Call, held?: Token): Token | Promise<Token> {
    const provider = this.#provider
    if (held) return held
    if (typeof provider === 'string') return { text: provider, generation: 0 }
    return call.wait(ask(provider, call)).then((text) => ({ text, generation: ++this.#generation }))
  }

  current(held: Token): Token {
    return held
  }

  reject(): boolean {
    return typeof this.#provider === 'function'
  }

  authenticate(call: Call): Token | Promise<Token> {
    return this.token(call)
  }
}

async function ask(provider: () => string | Promise<string>, call: Call): Promise<string> {
  let text: unknown
  try {
    text = await provider()
  } catch (cause) {
    throw new DreamStorageAuthError('the token function failed', { ...call.context, cause })
  }
  if (isTokenText(text)) return text
  throw new DreamStorageInputError(
    'the token function must return a token of visible ASCII characters',
    call.context,
  )
}
