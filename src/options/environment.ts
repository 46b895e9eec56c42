import { createRequire } from 'node:module'
import type { Logger } from '../call/logger.js'
import { DreamStorageInputError } from '../errors.js'
import type { DreamCentralStorageOptions } from './options.js'

const PREFIX = 'DREAM_CENTRAL_STORAGE_'
const DEFAULT_URL = 'http://localhost:8081'
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/** The variables, without the prefix. */
const ENVIRONMENT = ['URL', 'EMAIL', 'PASSWORD', 'API_KEY', 'TOKEN', 'TOKEN_EXPIRY', 'LOG_LEVEL'] as const

/**
 * Reads `DREAM_CENTRAL_STORAGE_URL`, `…_EMAIL`, `…_PASSWORD`, `…_API_KEY`, `…_TOKEN`, `…_TOKEN_EXPIRY` (seconds) and
 * `…_LOG_LEVEL`.
 * An empty variable counts as absent.
 * @returns options for a client; with a log level, a pino logger that writes to standard output
 * @throws {@link DreamStorageInputError} that names the variable, never its value (a secret can be in the wrong one), when credentials are missing or contradict each other,
 * or when a value is invalid
 */
export function optionsFromEnv(
  env: Readonly<Record<string, string | undefined>> = process.env,
): DreamCentralStorageOptions {
  const read = (name: (typeof ENVIRONMENT)[number]): string | undefined => env[PREFIX + name] || undefined
  return {
    baseUrl: read('URL') ?? DEFAULT_URL,
    ...credentials(read('EMAIL'), read('PASSWORD'), read('API_KEY'), read('TOKEN')),
    tokenLifetimeMs: lifetimeMs(read('TOKEN_EXPIRY')),
    logger: loggerAt(read('LOG_LEVEL')),
  }
}

function credentials(
  email: string | undefined,
  password: string | undefined,
  apiKey: string | undefined,
  token: string | undefined,
) {
  if (token !== undefined) {
    if (email !== undefined || password !== undefined || apiKey !== undefined) {
      const others = `${PREFIX}EMAIL, ${PREFIX}PASSWORD and ${PREFIX}API_KEY`
      throw new DreamStorageInputError(`${PREFIX}TOKEN contradicts ${others}`)
    }
    return { token }
  }
  if (email !== undefined && password !== undefined) return { email, password, apiKey }
  if (email === undefined && password === undefined && apiKey !== undefined) return { apiKey }
  const others = apiKey === undefined ? `, or ${PREFIX}API_KEY, or ${PREFIX}TOKEN` : ' both, or neither'
  throw new DreamStorageInputError(`set ${PREFIX}EMAIL and ${PREFIX}PASSWORD${others}`)
}

function lifetimeMs(seconds: string | undefined): number | undefined {
  if (seconds === undefined) return undefined
  const value = Number(seconds)
  if (Number.isFinite(value) && value > 0) return value * 1000
  throw new DreamStorageInputError(`${PREFIX}TOKEN_EXPIRY must be a number of seconds, greater than 0`)
}

/** pino is loaded only when there is a level. */
function loggerAt(level: string | undefined): Logger | undefined {
  if (level === undefined) return undefined
  if (!LEVELS.includes(level)) {
    throw new DreamStorageInputError(`${PREFIX}LOG_LEVEL must be one of ${LEVELS.join(', ')}`)
  }
  const pino: typeof import('pino') = createRequire(import.meta.url)('pino')
  return pino.pino({ level, name: 'dream-central-storage-client' })
}
