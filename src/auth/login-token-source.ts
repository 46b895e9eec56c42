import type { Attempts, Call } from '../call/call.js'
import { noop } from '../call/cancellation.js'
import type { Events } from '../call/events.js'
import { DreamStorageAuthError, DreamStorageError, DreamStorageRateLimitError } from '../errors.js'
import { jwtLifetimeMs } from './jwt.js'
import type { Token, TokenSource } from './token-source.js'

/** Logs in. @returns the text of the token. In the background: one attempt, which no circuit counts. */
export type LogIn = (init: { background: boolean; attemptCounter: Attempts }) => Promise<string>

/** The options for the lifetime of tokens, in milliseconds. */
export interface TokenTimes {
  /** Lifetime of a token without `exp` and `iat`. */
  readonly tokenLifetimeMs: number
  /** How long before its expiry it is renewed. */
  readonly refreshMarginMs: number
}

interface Session extends Token {
  /** On the monotonic clock, like all times here, so that a wrong wall clock does not matter. */
  readonly expiresAt: number
  readonly renewAt: number
  /** From here on an upload does not begin with it: the service looks at the token after it has received everything. */
  readonly renewForUploadAt: number
}

interface Login {
  readonly background: boolean
  readonly attempts: Attempts
  readonly session: Promise<Session>
}

/** Why no login is sent for some time; calls that need one fail alike meanwhile. */
interface Pause {
  readonly error: DreamStorageError
  readonly until: number
}

const REFUSAL_PAUSE_MS = 1_000
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
const RENEWAL_PAUSE_MS = 5_000

/** Tokens by email and password: at most one login at a time, shared by all waiting calls. */
export class LoginTokenSource implements TokenSource {
  readonly #logIn: LogIn
  readonly #times: TokenTimes
  readonly #events: Events
  #session: Session | undefined
  #inFlight: Login | undefined
  #pause: Pause | undefined
  /** How many pauses of growing length there were since a token was accepted. */
  #pauses = 0
  /** How many tokens in a row were refused without having been accepted once, the first one included. */
  #refusals = 0
  #nextRenewalAt = 0
  #started = 0
  #generation = 0

  constructor(logIn: LogIn, times: TokenTimes, events: Events) {
    this.#logIn = logIn
    this.#times = times
    this.#events = events
  }

  token(call: Call): Token | Promise<Token> {
    const session = this.#session
    const now = performance.now()
    if (!session || now >= session.expiresAt) return call.wait(this.#fresh(call))
    const { isUpload } = call.endpoint
    const renewAt = isUpload ? session.renewForUploadAt : session.renewAt
    if (now < renewAt) return session
    if (now >= Math.max(this.#nextRenewalAt, this.#pause?.until ?? 0)) this.#renew(session)
    const renewal = isUpload ? this.#inFlight?.session : undefined
    return renewal ? call.wait(renewal.catch(() => session)) : session
  }

  /** Also one that has just expired: the service refuses it, and then it is renewed. */
  current(): Token | undefined {
    return this.#session
  }

  reject(refused: Token, call: Call): boolean {
    if (this.#session?.generation !== refused.generation) return true
    // No other call may send a token that is known to be invalid.
    this.#session = undefined
    this.#events.emit('token', { state: 'refused' })
    // The token for a refused one is refused too: another login would bring no better one.
    if (++this.#refusals > 1) {
      const error = new DreamStorageAuthError('401 each new token is refused', {
        ...call.context,
        status: 401,
      })
      this.#pauseLogins(error, this.#growingPauseMs())
    }
    return true
  }

  accept({ generation }: Token): void {
    if (this.#session?.generation !== generation) return
    this.#refusals = 0
    this.#pauses = 0
  }

  /** Logs in, after a login in flight. Calls that arrive while it waits share the new one. */
  async authenticate(call: Call): Promise<Token> {
    const started = this.#started
    while (this.#inFlight && this.#started === started) {
      await call.wait(this.#inFlight.session.then(noop, noop))
    }
    return call.wait(this.#join(call))
  }

  /** A session for a call that has to wait. If a renewal in the background fails, it logs in. */
  async #fresh(call: Call): Promise<Session> {
    if (this.#inFlight?.background) {
      const renewed = await this.#join(call).catch(noop)
      if (renewed) return renewed
    }
    if (!this.#inFlight && this.#pause && performance.now() < this.#pause.until) throw this.#pause.error
    return this.#join(call)
  }

  /** The session of the login in flight, or of a new one. */
  #join(call: Call): Promise<Session> {
    const { session, attempts } = this.#inFlight ?? this.#start(false)
    call.attemptCounter.login = attempts
    return session
  }

  #renew(session: Session): void {
    if (this.#inFlight) return
    this.#start(true).session.catch(() => {
      const now = performance.now()
      this.#nextRenewalAt = now + Math.min(RENEWAL_PAUSE_MS, (session.expiresAt - now) / 4)
    })
  }

  #start(background: boolean): Login {
    this.#started++
    const attempts = { count: 0 }
    const session = this.#run({ background, attemptCounter: attempts })
    session.catch(noop)
    this.#inFlight = { background, attempts, session }
    return this.#inFlight
  }

  async #run(init: Parameters<LogIn>[0]): Promise<Session> {
    try {
      const text = await this.#logIn(init)
      this.#pause = undefined
      this.#session = this.#sessionOf(text)
      return this.#session
    } catch (error) {
      this.#remember(error)
      throw error
    } finally {
      this.#inFlight = undefined
    }
  }

  /** Remembers an answer that another login would get too. For all other failures there is the circuit breaker. */
  #remember(error: unknown): void {
    if (!(error instanceof DreamStorageError) || error.status === undefined || error.status >= 500) return
    if (error instanceof DreamStorageAuthError) this.#pauseLogins(error, REFUSAL_PAUSE_MS)
    else if (error instanceof DreamStorageRateLimitError && error.retryAfterMs !== undefined)
      this.#pauseLogins(error, error.retryAfterMs)
    else this.#pauseLogins(error, this.#growingPauseMs())
  }

  #pauseLogins(error: DreamStorageError, ms: number): void {
    this.#pause = { error, until: performance.now() + ms }
  }

  #growingPauseMs(): number {
    return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#pauses++)
  }

  #sessionOf(text: string): Session {
    const now = performance.now()
    const lifetimeMs = jwtLifetimeMs(text) ?? this.#times.tokenLifetimeMs
    // A quarter of the lifetime at least: a token shorter than the margin must not cause a login for each call.
    const renewAt = now + Math.max(lifetimeMs - this.#times.refreshMarginMs, lifetimeMs / 4)
    this.#events.emit('token', { state: 'issued', lifetimeMs })
    const renewForUploadAt = Math.min(renewAt, now + lifetimeMs / 2)
    return { text, generation: ++this.#generation, expiresAt: now + lifetimeMs, renewAt, renewForUploadAt }
  }
}
