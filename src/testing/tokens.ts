import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type ApiKeyRow, type Database, nextId, type UserRow } from './database.js'

/** Issues and verifies the tokens of one mock service. */
export interface Tokens {
  /**
   * Issues a JWT. Two tokens of one user in the same second are identical; issuing one again undoes its
   * revocation.
   */
  issue(user: UserRow): string
  /** The user of a token; undefined when the token is forged, expired, revoked or unknown. */
  userOf(token: string): UserRow | undefined
  revokeAll(): void
  /** Creates an API key, `dcs_…`. */
  createApiKey(name: string): ApiKeyRow
  isApiKey(token: string): boolean
}

/** What tokens depend on; `now` returns milliseconds since the epoch. */
export interface TokenSettings {
  readonly db: Database
  readonly lifetimeSeconds: number
  readonly now: () => number
}

interface Claims {
  readonly sub: string
  readonly iat: number
  readonly exp: number
}

/** Creates the tokens and API keys of a database, with a new secret for signatures. */
export function createTokens({ db, lifetimeSeconds, now }: TokenSettings): Tokens {
  const secret = randomBytes(32)
  return {
    issue: ({ id }) => {
      const iat = Math.floor(now() / 1000)
      const text = sign({ sub: String(id), iat, exp: iat + lifetimeSeconds }, secret)
      db.tokens.remove({ text })
      return db.tokens.insert({ text, revoked: false }).text
    },
    userOf: (text) => {
      const claims = verify(text, secret)
      if (!claims || claims.exp <= now() / 1000 || !db.tokens.find({ text, revoked: false })) return undefined
      return db.users.find({ id: Number(claims.sub) })
    },
    revokeAll: () => db.tokens.update({ revoked: false }, { revoked: true }),
    createApiKey: (name) =>
      db.apiKeys.insert({
        id: nextId(db.apiKeys),
        name,
        key: `dcs_${randomBytes(24).toString('base64url')}`,
        created_at: timestamp(now()),
        is_active: true,
      }),
    isApiKey: (key) => key.startsWith('dcs_') && db.apiKeys.find({ key, is_active: true }) !== undefined,
  }
}

/** Formats a time as the service does: UTC with microseconds. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z')
}

function sign(claims: Claims, secret: Buffer): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')
  const unsigned = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`
}

function verify(text: string, secret: Buffer): Claims | undefined {
  const [header, payload, signature, ...rest] = text.split('.')
  if (payload === undefined || signature === undefined || rest.length > 0) return undefined
  const expected = createHmac('sha256', secret).update(`${header}.${payload}`).digest()
  const actual = Buffer.from(signature, 'base64url')
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return undefined
  return JSON.parse(Buffer.from(payload, 'base64url').toString())
}
