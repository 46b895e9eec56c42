import type { Logger as PinoLogger } from 'pino'

/** The part of a pino logger that the client uses: an object of facts first, then a message. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'>
