/** One operation of the service, as data. */
export interface Endpoint {
  readonly method: string
  /** The route template of the contract, for logs and errors. */
  readonly route: string
  /** The circuit breaker that guards it. */
  readonly circuit: string
  /** The body of its answer: JSON, which is parsed, or a file, whose time limit is for silence and not for the whole. */
  readonly answer: 'json' | 'file'
  /** It needs no login. */
  readonly isPublic?: boolean
  /** Its method is not safe (RFC 9110 §9.2.1), and the request may all the same be sent again after a failure. */
  readonly isRepeatable?: boolean
}
