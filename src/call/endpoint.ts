/** One operation of the service, as data. */
export interface Endpoint {
  /** The HTTP method in upper case. */
  readonly method: string
  /** The route template of the contract, for logs and errors. */
  readonly route: string
  /** The name of its circuit breaker. */
  readonly circuit: string
  /** The body of its response: JSON, or a file, for which the time limit is the silence between chunks. */
  readonly answer: 'json' | 'file'
  /**
   * Its requests carry a file: while one is sent, the limit is for each silence, and its answer has a limit of its own.
   * @default false
   */
  readonly isUpload?: boolean
  /** Its requests carry no token. @default false */
  readonly isPublic?: boolean
  /**
   * It may be sent again after a failure, although its method is not safe. @default false
   * @see RFC 9110 §9.2.1
   */
  readonly isRepeatable?: boolean
  /** It asks whether the service works: it is sent once, whatever the circuit breakers say, and they do not count it. @default false */
  readonly isProbe?: boolean
}
