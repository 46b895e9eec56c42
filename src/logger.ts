import type { Logger as PinoLogger } from 'pino'
import { DreamStorageError } from './errors.js'

/** The part of a pino logger that the client writes to: an object of facts first, then a message. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'>

const ignore = (): void => {}

/** Takes every line and writes none. */
export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore }

/** What a line says of an error: nothing of its cause, which may hold more than a log should. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof DreamStorageError)) return { error: 'ended by the caller' }
  const { name, code, message, status } = error
  return { error: name, code, reason: message, status }
}
