/** A request that the mock service received. */
export interface RecordedRequest {
  readonly method: string
  /** The path below the base URL with the query, percent-encoded as received. */
  readonly path: string
  /** The value of `X-Request-ID`. */
  readonly requestId?: string
  /** The status of the response; absent until the response starts. */
  readonly status?: number
  /** The time until the response started, in milliseconds. */
  readonly durationMs?: number
}

/** The requests of one mock service in order of arrival. */
export interface RequestLog {
  readonly requests: readonly RecordedRequest[]
  /** Records a request. Call the returned function with the status of the response. */
  begin(request: Request, path: string): (status: number) => void
  clear(): void
}

/** Creates an empty log. `onAnswer` is called for every request that was answered. */
export function createRequestLog(onAnswer?: (request: RecordedRequest) => void): RequestLog {
  const requests: RecordedRequest[] = []
  return {
    requests,
    begin: ({ method, headers }, path) => {
      const requestId = headers.get('x-request-id')
      const started = performance.now()
      const entry: RecordedRequest = { method, path, ...(requestId !== null && { requestId }) }
      requests.push(entry)
      return (status) => {
        Object.assign(entry, { status, durationMs: performance.now() - started })
        onAnswer?.(entry)
      }
    },
    clear: () => void requests.splice(0),
  }
}
