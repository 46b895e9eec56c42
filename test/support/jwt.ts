let serial = 0

/** A token that looks like the service's, different each time; its signature is not checked. */
export function jwt(lifetimeSeconds = 1800, iat = 1_760_000_000): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const payload = { sub: '1', iat, exp: iat + lifetimeSeconds, n: ++serial }
  return `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}.signature`
}
