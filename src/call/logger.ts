type Log = (fields: object, message: string) => unknown

/** The methods that the client calls, with an object of fields and a message, as those of a pino logger. */
export interface Logger {
  readonly debug: Log
  readonly info: Log
  readonly warn: Log
  readonly error: Log
}
