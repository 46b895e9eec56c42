import { parseArgs } from 'node:util'
import { type Dialect, type MockServer, type RecordedRequest, startMockServer } from '../src/testing/index.js'
import { paint } from './terminal.js'

const HELP = `Usage: npm run mock -- [options]

Serves an imitation of Dream Central Storage over HTTP.

  --port <number>        where it listens; 0 is any free port (default: 8081)
  --host <name>          the address it listens at (default: 127.0.0.1)
  --dialect <2025|2026>  the version of the service that it imitates (default: 2025)
  --help                 this text`

function readOptions(): { port: number; host: string; dialect: Dialect } | undefined {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8081' },
      host: { type: 'string', default: '127.0.0.1' },
      dialect: { type: 'string', default: '2025' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  const { port, host, dialect } = values
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Error(`--port ${port} is not a port`)
  if (dialect !== '2025' && dialect !== '2026') throw new Error(`--dialect ${dialect} is not 2025 or 2026`)
  return { port: Number(port), host, dialect }
}

function print({ method, path, status = 0, durationMs = 0 }: RecordedRequest): void {
  const style = status < 400 ? 'green' : status < 500 ? 'yellow' : 'red'
  console.log(`${method.padEnd(6)} ${path} ${paint(style, String(status))} ${durationMs.toFixed(1)} ms`)
}

function greet({ url, service }: MockServer): void {
  console.log(`Dream Central Storage, an imitation of ${service.dialect}, at ${url}`)
  console.log('Log in as admin@admin.com with the password admin. Ctrl-C ends it.')
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && error.code === 'EADDRINUSE'
    ? `the port is in use; choose another with --port (${error.message})`
    : error.message
}

async function main(): Promise<void> {
  const options = readOptions()
  if (!options) return console.log(HELP)
  const server = await startMockServer({ ...options, onAnswer: print })
  greet(server)
  const stop = (): void => {
    // Ctrl-C can arrive twice, from the terminal and from the runner that passes it on. The server is then closed already.
    server.close().catch(() => {})
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
}

main().catch((error: unknown) => {
  console.error(`mock: ${explain(error)}`)
  process.exitCode = 1
})
