/**
 * The lifetime of a JWT in milliseconds, `exp − iat` (RFC 7519 §4.1), so that no clock is compared with another;
 * undefined when the token is no JWT or lacks the claims. The signature is the service's business.
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
