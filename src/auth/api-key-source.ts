import type { Call } from '../call/call.js'
import type { Endpoint } from '../call/endpoint.js'
import { DreamStorageAuthError } from '../errors.js'
import type { Token, TokenSource } from './token-source.js'

/** Which endpoints are called with the API key; `hasLogin`: the others can be called too. */
export type TakesApiKey = (endpoint: Endpoint, hasLogin: boolean) => boolean

/** The option `apiKey`: the key for the endpoints that take one, the token of the login, if there is one, for the others. */
export class ApiKeySource implements TokenSource {
  readonly #key: Token
  readonly #login: TokenSource | undefined
  readonly #takesApiKey: TakesApiKey

  constructor(key: string, login: TokenSource | undefined, takesApiKey: TakesApiKey) {
    this.#key = { text: key, generation: 0 }
    this.#login = login
    this.#takesApiKey = takesApiKey
  }

  /** @throws {@link DreamStorageAuthError} for an endpoint that takes no API key, when there is no login */
  token(call: Call, held?: Token): Token | Promise<Token> {
    const { endpoint } = call
    if (this.#takesApiKey(endpoint, this.#login !== undefined)) return this.#key
    if (this.#login) return this.#login.token(call, held)
    const what = endpoint.answer === 'file' ? 'cannot read files' : 'is not accepted here'
    throw new DreamStorageAuthError(`an API key ${what}: give email and password`, call.context)
  }

  current(held: Token): Token | undefined {
    return held === this.#key ? held : this.#login?.current(held)
  }

  /** There is no other key. */
  reject(refused: Token, call: Call): boolean {
    return refused !== this.#key && this.#login?.reject(refused, call) === true
  }

  accept(accepted: Token): void {
    if (accepted !== this.#key) this.#login?.accept(accepted)
  }

  authenticate(call: Call): Token | Promise<Token> {
    return this.#login?.authenticate(call) ?? this.#key
  }
}
