import { createHmac, randomBytes } from 'node:crypto'

const LIFETIME_S = 1800

/** The tokens of the service: JWTs (HS256) of whole seconds. */
export class Tokens {
  readonly #valid = new Set<string>()
  #secret = randomBytes(32)

  issue(): string {
    const iat = Math.floor(Date.now() / 1000)
    const head = encode({ alg: 'HS256', typ: 'JWT' })
    const payload = encode({ sub: '1', iat, exp: iat + LIFETIME_S })
    const signature = createHmac('sha256', this.#secret).update(`${head}.${payload}`).digest('base64url')
    const token = `${head}.${payload}.${signature}`
    this.#valid.add(`Bearer ${token}`)
    return token
  }

  /** Makes every token that was issued worthless; those of the same second that follow are other ones. */
  revoke(): void {
    this.#valid.clear()
    this.#secret = randomBytes(32)
  }

  /** What a request with such an `Authorization` is told; undefined when it is welcome. */
  refusal(authorization: string | undefined): { status: 401 | 403; detail: string } | undefined {
    if (authorization !== undefined && this.#valid.has(authorization)) return undefined
    return authorization?.startsWith('Bearer ')
      ? { status: 401, detail: 'Invalid token' }
      : { status: 403, detail: 'Not authenticated' }
  }
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
