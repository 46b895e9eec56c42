import type { Call } from '../call/call.js'
import type { OutgoingRequest } from '../transport/outgoing-request.js'
import type { Token, TokenSource } from './token-source.js'

/**
 * The bearer of one request. The token is waited for before the request waits for a slot, and put on when the slot is
 * there: so a token that is refused meanwhile is not sent by all who wait.
 */
export class Bearer {
  /** None where the endpoint needs no login. */
  readonly #source: TokenSource | undefined
  readonly #call: Call
  #held: Token | undefined
  #wasRefused = false

  constructor(source: TokenSource | undefined, call: Call) {
    this.#source = call.endpoint.isPublic ? undefined : source
    this.#call = call
  }

  /** Resolves when there is a token to send; undefined when there is one already. */
  ready(): Promise<void> | undefined {
    if (!this.#source) return undefined
    const token = this.#source.token(this.#call, this.#held)
    if (token instanceof Promise) return token.then((issued) => this.#hold(issued))
    this.#held = token
    return undefined
  }

  /** Puts the token on the request; false when it has been refused since `ready`, and there is no other. */
  putOn(request: OutgoingRequest): boolean {
    if (!this.#source) return true
    this.#held = this.#held && this.#source.current(this.#held)
    if (!this.#held) return false
    request.clientHeaders['authorization'] = `Bearer ${this.#held.text}`
    return true
  }

  /** Whether an answer refused the token and the request is worth sending once more, with another. */
  isRefused(response: Response | undefined): boolean {
    if (response?.status !== 401 || this.#wasRefused || !this.#held || !this.#source) return false
    this.#wasRefused = true
    const refused = this.#held
    this.#held = undefined
    return this.#source.reject(refused)
  }

  #hold(token: Token): void {
    this.#held = token
  }
}
