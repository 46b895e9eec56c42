/** A request that reached the mock service. */
export interface RecordedRequest {
  readonly method: string
  /** The path below the base URL, percent-encoded as it came, with the query. */
  readonly path: string
  /** Its `X-Request-ID`. */
  readonly requestId?: string
  /** The status of the answer; absent while it is being made. */
  readonly status?: number
  /** How long the answer took to begin, in milliseconds. */
  readonly durationMs?: number
}

/** The requests of one mock service, in the order of their arrival. */
export interface RequestLog {
  readonly requests: readonly RecordedRequest[]
  /** Records a request; call the result with the status of its answer. */
  begin(request: Request, path: string): (status: number) => void
  clear(): void
}

/** An empty log; `onAnswer` hears of every request that was answered. */
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
