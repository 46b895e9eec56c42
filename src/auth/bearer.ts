import type { Call } from '../call/call.js'
import type { OutgoingRequest } from '../transport/outgoing-request.js'
import type { Token, TokenSource } from './token-source.js'

/**
 * The bearer token of one request (RFC 6750). The request waits for a token before it waits for a slot, and gets the
 * current one when it has the slot: a token that was refused meanwhile is not sent.
 */
export class Bearer {
  /** Undefined for an endpoint without login. */
  readonly #source: TokenSource | undefined
  readonly #call: Call
  #held: Token | undefined
  #wasRefused = false
  #canSendAgain = false

  constructor(source: TokenSource | undefined, call: Call) {
    this.#source = call.endpoint.isPublic ? undefined : source
    this.#call = call
  }

  /**
   * Waits for a token. @returns undefined when there is one already
   * @throws {@link DreamStorageError} when the login fails; the reason of the call's end
   */
  ready(): Promise<void> | undefined {
    if (!this.#source) return undefined
    const token = this.#source.token(this.#call, this.#held)
    if (token instanceof Promise) return token.then((issued) => this.#hold(issued))
    this.#held = token
    return undefined
  }

  /** Puts the current token on the request. @returns false when there is none any more, since `ready` */
  putOn(request: OutgoingRequest): boolean {
    if (!this.#source) return true
    this.#held = this.#held && this.#source.current(this.#held)
    if (!this.#held) return false
    this.#call.secrets.add(this.#held.text)
    request.clientHeaders['authorization'] = `Bearer ${this.#held.text}`
    return true
  }

  /** Whether the last response refused the token for the first time, and another one can be had to send again with. */
  get canSendAgain(): boolean {
    return this.#canSendAgain
  }

  /** Told each response before its slot is free again: no other request may be sent with a token that is refused. */
  judge(response: Response | undefined): void {
    const held = this.#held
    this.#canSendAgain = false
    if (!response || !held || !this.#source) return
    if (response.status !== 401) {
      if (isAccepted(response.status)) this.#source.accept(held)
      return
    }
    this.#held = undefined
    this.#canSendAgain = this.#source.reject(held, this.#call) && !this.#wasRefused
    this.#wasRefused = true
  }

  #hold(token: Token): void {
    this.#held = token
  }
}

/** Whether a status says that the token was looked at and is valid: a limiter, and the check of arguments, come before that. */
function isAccepted(status: number): boolean {
  return status < 500 && status !== 422 && status !== 429
}
