/**
 * The lifetime of a JWT is `exp − iat`, which compares no clock with another. The signature is not checked.
 * @returns milliseconds; undefined when the token is no JWT or lacks the claims
 * @see RFC 7519 §4.1.4 and §4.1.6
 */
export function jwtLifetimeMs(token: string): number | undefined {
  try {
    const { exp, iat } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    const lifetimeMs = (exp - iat) * 1000
    return lifetimeMs > 0 && Number.isFinite(lifetimeMs) ? lifetimeMs : undefined
  } catch {
    return undefined
  }
}
