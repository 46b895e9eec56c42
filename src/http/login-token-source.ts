import { DreamStorageAuthError } from '../errors.js'
import type { Call } from './call.js'
import { jwtLifetimeMs } from './jwt.js'
import type { AuthStats, Token, TokenSource } from './token-source.js'
import { noop } from './wait.js'

/** Logs in and gives the token's text; in the background, one attempt that no circuit counts. */
export type LogIn = (kind: { background: boolean }) => Promise<string>

/** How long a token lives when it does not say so itself, and how long before its end it is renewed. */
interface TokenTimes {
  readonly tokenLifetimeMs: number
  readonly refreshMarginMs: number
}

interface Session extends Token {
  /** On the monotonic clock, like the other times here: a wrong wall clock does no harm. */
  readonly expiresAt: number
  readonly renewAt: number
}

interface Login {
  readonly background: boolean
  readonly session: Promise<Session>
}

const REFUSAL_MEMORY_MS = 1_000
const RENEWAL_PAUSE_MS = 5_000

/** Tokens by email and password: at most one login at a time, shared by all who wait for it. */
export class LoginTokenSource implements TokenSource {
  readonly #logIn: LogIn
  readonly #times: TokenTimes
  #current: Session | undefined
  #underWay: Login | undefined
  #refusal: { readonly error: DreamStorageAuthError; readonly until: number } | undefined
  #nextRenewalAt = 0
  #started = 0
  #succeeded = 0
  #failed = 0

  constructor(logIn: LogIn, times: TokenTimes) {
    this.#logIn = logIn
    this.#times = times
  }

  get stats(): AuthStats {
    const counts = { logins: this.#succeeded, failedLogins: this.#failed }
    if (!this.#current) return counts
    return { ...counts, expiresAt: Math.round(Date.now() + this.#current.expiresAt - performance.now()) }
  }

  async token(call: Call): Promise<Token> {
    const now = performance.now()
    if (!this.#current || now >= this.#current.expiresAt) return call.wait(this.#fresh())
    if (now >= Math.max(this.#current.renewAt, this.#nextRenewalAt)) this.#renew(this.#current)
    return this.#current
  }

  async replace(rejected: Token, call: Call): Promise<Token> {
    // Nobody else shall send a token that is known to be bad.
    if (this.#current?.generation === rejected.generation) this.#current = undefined
    return this.token(call)
  }

  /** Logs in anew even if a login is under way, after it; those who ask while it waits share the new one. */
  async authenticate(call: Call): Promise<Token> {
    const started = this.#started
    while (this.#underWay && this.#started === started) {
      await call.wait(this.#underWay.session.then(noop, noop))
    }
    return call.wait(this.#underWay?.session ?? this.#start(false))
  }

  /** A session that is waited for. A renewal in the background that fails is no reason to fail: log in. */
  async #fresh(): Promise<Session> {
    if (this.#underWay?.background) {
      const renewed = await this.#underWay.session.catch(noop)
      if (renewed) return renewed
    }
    if (this.#underWay) return this.#underWay.session
    if (this.#refusal && performance.now() < this.#refusal.until) throw this.#refusal.error
    return this.#start(false)
  }

  #renew(session: Session): void {
    if (this.#underWay) return
    this.#start(true).catch(() => {
      const now = performance.now()
      this.#nextRenewalAt = now + Math.min(RENEWAL_PAUSE_MS, (session.expiresAt - now) / 4)
    })
  }

  #start(background: boolean): Promise<Session> {
    this.#started++
    const session = this.#run(background)
    session.catch(noop)
    this.#underWay = { background, session }
    return session
  }

  async #run(background: boolean): Promise<Session> {
    try {
      const text = await this.#logIn({ background })
      this.#refusal = undefined
      this.#current = this.#accept(text)
      return this.#current
    } catch (error) {
      this.#failed++
      if (error instanceof DreamStorageAuthError) {
        this.#refusal = { error, until: performance.now() + REFUSAL_MEMORY_MS }
      }
      throw error
    } finally {
      this.#underWay = undefined
    }
  }

  #accept(text: string): Session {
    const now = performance.now()
    const lifetimeMs = jwtLifetimeMs(text) ?? this.#times.tokenLifetimeMs
    // A quarter of the life at least: a token that lives shorter than the margin must not cost a login per call.
    const renewAt = now + Math.max(lifetimeMs - this.#times.refreshMarginMs, lifetimeMs / 4)
    return { text, generation: ++this.#succeeded, expiresAt: now + lifetimeMs, renewAt }
  }
}
