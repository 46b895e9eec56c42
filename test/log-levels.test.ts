import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { DreamStorageNotFoundError } from '../src/index.js'
import { html } from './support/answers.js'
import { failure } from './support/failure.js'
import { json } from './support/fake-service.js'
import { MemoryLog } from './support/memory-log.js'
import { serve } from './support/serve.js'

const unknown = (): Response => json({ detail: 'Book not found' }, 404)

test('a 404, which the caller may well handle, is a warning and no error', async () => {
  const log = new MemoryLog()
  const { client } = serve(unknown, { logger: log.logger })
  await failure(client.getBookConfig('p', 'b'), DreamStorageNotFoundError)
  await client.api.GET('/books/{book_id}', { params: { path: { book_id: 1 } } })
  expect(await client.getBookById(1)).toBeNull()
  expect(log.all({ level: 'error' })).toEqual([])
  expect(log.all({ level: 'warn' })).toMatchObject([
    { msg: 'call failed', status: 404, reason: expect.stringContaining('Book not found') },
    { msg: 'call failed', status: 404 },
  ])
})

test('a 404 of the login is an error', async () => {
  const log = new MemoryLog()
  const { client, service } = serve(unknown, { logger: log.logger })
  service.logIn = () => html(404)
  await failure(client.authenticate(), DreamStorageNotFoundError)
  expect(log.all({ level: 'error' })).toMatchObject([{ msg: 'login failed', status: 404 }])
})

interface Line {
  readonly level: string
  readonly message: unknown
  readonly [field: string]: unknown
}

/** Takes its arguments as winston does: level, message and fields, whose `message` is added to the message. */
class MessageFirst {
  readonly lines: Line[] = []

  log(level: string, message: unknown, fields: Record<string, unknown> = {}): void {
    if (typeof message === 'object') this.lines.push({ message: undefined, ...message, level })
    else if (fields['message'])
      this.lines.push({ ...fields, level, message: `${message} ${fields['message']}` })
    else this.lines.push({ ...fields, level, message })
  }
}

/** What the block of the README that names winston makes of it. */
async function documentedLogger(winston: MessageFirst): Promise<unknown> {
  const readme = await readFile(join(import.meta.dirname, '..', 'README.md'), 'utf8')
  const blocks = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code)
  const [block = ''] = blocks.filter((code) => code.includes('winston.'))
  const { outputText } = ts.transpileModule(block, { compilerOptions: { target: ts.ScriptTarget.ES2022 } })
  return new Function('winston', `${outputText}\nreturn logger`)(winston)
}

test('with what the README says, a logger that takes the message first has every message and field', async () => {
  const winston = new MessageFirst()
  const pino = new MemoryLog()
  const logger = await documentedLogger(winston)
  for (const each of [logger, pino.logger]) {
    const { client, service } = serve(undefined, { logger: each, cache: false })
    await client.getBookById(1)
    service.answer = () => json({}, 503)
    await client.getBookById(1).catch(() => {})
    service.answer = unknown
    await client.getBookConfig('p', 'b').catch(() => {})
    service.answer = () => json(['../a'])
    await client.listBookContents('p', 'b')
  }
  const outline = winston.lines.map(({ level, message }) => `${level} ${message}`)
  expect(outline).toEqual(pino.lines.map(({ level, msg }) => `${level} ${msg}`))
  expect(new Set(winston.lines.map(({ level }) => level))).toEqual(
    new Set(['debug', 'info', 'warn', 'error']),
  )
  for (const [index, line] of winston.lines.entries()) {
    const { time, msg, ...fields } = pino.lines[index] ?? { time: 0, msg: '' }
    expect(Object.keys(line).filter((name) => line[name] !== undefined)).toEqual(
      expect.arrayContaining(Object.keys(fields)),
    )
  }
})
