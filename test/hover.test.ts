import path from 'node:path'
import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'

const ROOT = path.join(import.meta.dirname, '..')
const FILE = path.join(ROOT, 'test/hovered.ts')
const SOURCE = `
import { DreamCentralStorageClient, type Publisher, type WebhookEvent, type webhooks } from '../src/index.js'

declare const client: DreamCentralStorageClient
const books = await client.getBooks()
const [book] = books
book?.updated_at
const { data } = await client.api.GET('/books/{book_id}', { params: { path: { book_id: 1 } } })
const publisher = {} as Publisher
const event = {} as WebhookEvent
type Hooks = webhooks
`

let service: ts.LanguageService

beforeAll(() => {
  const file = path.join(ROOT, 'tsconfig.json')
  const { config } = ts.readConfigFile(file, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, ROOT)
  const read = (name: string): string | undefined => (name === FILE ? SOURCE : ts.sys.readFile(name))
  const settings = { ...options, noUnusedLocals: false }
  service = ts.createLanguageService({
    getCompilationSettings: () => settings,
    getScriptFileNames: () => [FILE],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const text = read(name)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => ROOT,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === FILE || ts.sys.fileExists(name),
    readFile: read,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  })
})

/** What an editor shows for the first occurrence of the text after the imports. */
function hover(text: string): { type: string; documentation: string } {
  const at = SOURCE.indexOf(text, SOURCE.indexOf('declare')) + text.search(/\w+$/)
  const info = service.getQuickInfoAtPosition(FILE, at)
  return {
    type: ts.displayPartsToString(info?.displayParts),
    documentation: ts.displayPartsToString(info?.documentation),
  }
}

describe('what an editor shows', () => {
  it('of a source without errors', () => {
    const found = service.getSemanticDiagnostics(FILE)
    expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([])
  })

  it('of getBooks says that it returns books', () => {
    expect(hover('client.getBooks').type).toBe(
      '(method) DreamCentralStorageClient.getBooks(options?: CallOptions): Promise<readonly Book[]>',
    )
    expect(hover('const books').type).toBe('const books: readonly Book[]')
    expect(hover('const [book').type).toBe('const book: Book | undefined')
  })

  it('of a field is its type, a date as a string, and what the contract says of it', () => {
    const { type, documentation } = hover('book?.updated_at')
    expect(type).toBe('(property) Book.updated_at?: string | null | undefined')
    expect(documentation).toMatch(/^When its metadata were last changed/)
  })

  it('of other types of the contract is their name', () => {
    expect(hover('const publisher').type).toBe('const publisher: Publisher')
    expect(hover('const event').type).toBe('const event: WebhookEvent')
  })
})

describe('an answer', () => {
  it('has fields that are read only, and a request has not', () => {
    const checked = `${SOURCE}
import type { Book, BookUpdate } from '../src/index.js'
const update: BookUpdate = {}
update.language = 'tr'
const answer: Book = { id: 1, book_name: 'B' }
answer.language = 'tr'
`
    expect(errorsOf(checked)).toEqual(["Cannot assign to 'language' because it is a read-only property."])
  })
})

function errorsOf(source: string): string[] {
  const options = service.getProgram()?.getCompilerOptions() ?? {}
  const host = ts.createCompilerHost(options)
  const getSourceFile = host.getSourceFile.bind(host)
  host.fileExists = (name) => name === FILE || ts.sys.fileExists(name)
  host.getSourceFile = (name, target, ...rest) =>
    name === FILE ? ts.createSourceFile(name, source, target) : getSourceFile(name, target, ...rest)
  const program = ts.createProgram([FILE], options, host)
  const found = program.getSemanticDiagnostics(program.getSourceFile(FILE))
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}
