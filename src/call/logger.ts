import type { Logger as PinoLogger } from 'pino'

/** The methods of a pino logger that the client calls, with an object of fields and a message. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'>
