/** Answers that the service or a proxy in front of it can give, besides JSON. */

/** An error page of nginx. */
export function html(status = 200): Response {
  const page = '<html><head><title>dcs proxy page</title></head><body><center>nginx</center></body></html>'
  return new Response(page, { status, headers: { 'content-type': 'text/html' } })
}

/** A body of the type JSON, whatever it is, with the length that a server would announce. */
export function raw(body: string, status = 200): Response {
  const length = String(Buffer.byteLength(body))
  return new Response(body, {
    status,
    headers: { 'content-type': 'application/json', 'content-length': length },
  })
}

/** An answer without a body. */
export function empty(status: number): Response {
  return new Response(null, { status })
}

/** The bytes of a file, as the service of 2025 sends it. */
export function file(bytes: Uint8Array, headers: Record<string, string> = {}): Response {
  const length = String(bytes.byteLength)
  return new Response(new Uint8Array(bytes), {
    headers: { 'content-type': 'application/octet-stream', 'content-length': length, ...headers },
  })
}
