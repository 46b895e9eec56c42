import { DreamStorageAuthError, DreamStorageInputError } from '../errors.js'
import type { Call } from './call.js'

/** A bearer token. Two logins in one second give the same text, so tokens are told apart by `generation`. */
export interface Token {
  readonly text: string
  readonly generation: number
}

/** Where tokens come from. */
export interface TokenSource {
  /** A token to send; waits only when there is none that is still good. */
  token(call: Call): Promise<Token>
  /** After a 401 for `rejected`: the token to try instead, or undefined when there can be none. */
  replace(rejected: Token, call: Call): Promise<Token | undefined>
  /** A token that is new if the source can make one. */
  authenticate(call: Call): Promise<Token>
  readonly stats: AuthStats
}

/** What a token source has done. */
export interface AuthStats {
  logins: number
  failedLogins: number
  /** When the current token ends, in milliseconds since the epoch by this machine's clock. */
  expiresAt?: number
}

/** Gives an API key or a token that somebody else renews. */
export type TokenProvider = string | (() => string | Promise<string>)

/** What may stand behind `Bearer ` in a header: RFC 6750 §2.1, and a little more. */
export function isTokenText(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)
}

/** Tokens from the user: a string for ever, or a function that is asked for each call and again after a 401. */
export class ProvidedTokenSource implements TokenSource {
  readonly stats: AuthStats = { logins: 0, failedLogins: 0 }
  readonly #provider: TokenProvider
  #generation = 0

  constructor(provider: TokenProvider) {
    this.#provider = provider
  }

  async token(call: Call): Promise<Token> {
    const text =
      typeof this.#provider === 'string' ? this.#provider : await call.wait(this.#ask(this.#provider, call))
    return { text, generation: ++this.#generation }
  }

  async replace(_rejected: Token, call: Call): Promise<Token | undefined> {
    return typeof this.#provider === 'string' ? undefined : this.token(call)
  }

  authenticate(call: Call): Promise<Token> {
    return this.token(call)
  }

  async #ask(provider: () => string | Promise<string>, call: Call): Promise<string> {
    let text: unknown
    try {
      text = await provider()
    } catch (cause) {
      throw new DreamStorageAuthError('the token function failed', { ...call.facts, cause })
    }
    if (isTokenText(text)) return text
    throw new DreamStorageInputError(
      'the token function must give a token of visible ASCII characters',
      call.facts,
    )
  }
}
