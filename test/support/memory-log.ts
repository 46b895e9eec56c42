import { pino } from 'pino'

/** One line of a log, parsed. */
export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly msg: string
  readonly requestId?: string
  readonly method?: string
  readonly route?: string
  readonly [fact: string]: unknown
}

/** A real pino logger that writes into memory. */
export class MemoryLog {
  readonly lines: LogLine[] = []
  readonly texts: string[] = []
  readonly logger = pino(
    { level: 'trace', base: null, formatters: { level: (level) => ({ level }) } },
    { write: (text: string) => this.#take(text) },
  )

  /** The lines of one level, or of one message. */
  all(wanted: Partial<Pick<LogLine, 'level' | 'msg'>>): LogLine[] {
    return this.lines.filter(
      (line) => (wanted.level ?? line.level) === line.level && (wanted.msg ?? line.msg) === line.msg,
    )
  }

  #take(text: string): void {
    this.texts.push(text)
    this.lines.push(JSON.parse(text))
  }
}
