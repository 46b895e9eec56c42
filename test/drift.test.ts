import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../scripts/drift.js'

const CONTRACT = path.join(import.meta.dirname, '../generated/dream-central-storage.yaml')

let folder: string
let files = 0

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'drift-'))
})

afterAll(() => rm(folder, { recursive: true }))

async function store(document: object): Promise<string> {
  const file = path.join(folder, `${files++}.json`)
  await writeFile(file, JSON.stringify(document))
  return file
}

interface Outcome {
  readonly code: number
  readonly lines: string[]
}

async function drift(contract: object, live: object, ...args: string[]): Promise<Outcome> {
  const lines: string[] = []
  const from = await store(live)
  const code = await run(['--from', from, '--contract', await store(contract), ...args], (line) =>
    lines.push(line),
  )
  return { code, lines: lines.map((line) => line.trim()).filter((line) => line !== '') }
}

type Schema = Record<string, unknown>

interface Parts {
  readonly book?: Schema
  readonly fields?: Record<string, Schema>
  readonly input?: Schema
  readonly required?: string[]
  readonly parameters?: object[]
  readonly read?: object
  readonly more?: object
}

const TEXT = { type: 'string' }
const ID = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } }

/** A service with one book that can be read and changed. */
function service(parts: Parts = {}): object {
  const {
    book = {},
    fields = {},
    input = {},
    required = ['name'],
    parameters = [],
    read = {},
    more = {},
  } = parts
  const answer = {
    description: '',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Book' } } },
  }
  const body = {
    required: true,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Input' } } },
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Books', version: '1' },
    security: [{ jwt: [] }],
    paths: {
      '/books/{id}': {
        parameters: [ID],
        get: { operationId: 'getBook', parameters, responses: { 200: answer }, ...read },
        put: { operationId: 'updateBook', requestBody: body, responses: { 200: answer } },
      },
      ...more,
    },
    components: {
      securitySchemes: { jwt: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Book: {
          type: 'object',
          required: ['name'],
          properties: { name: TEXT, state: { type: 'string', enum: ['draft', 'published'] }, ...fields },
          ...book,
        },
        Input: {
          type: 'object',
          required,
          properties: { name: TEXT, state: { type: 'string', enum: ['draft', 'published'] }, ...input },
        },
      },
    },
  }
}

const without = (name: string): Schema => ({ properties: { [name === 'name' ? 'state' : 'name']: TEXT } })

describe('npm run drift says what breaks callers, and exits with 1', () => {
  it.each<[string, object, object, string]>([
    [
      'an operation that is gone',
      service({ more: { '/health': { get: { responses: {} } } } }),
      service(),
      'operation gone  GET /health',
    ],
    ['a field that is gone', service(), service({ book: without('name') }), 'field gone  Book.name'],
    [
      'a parameter that is gone',
      service({ parameters: [{ name: 'lang', in: 'query', schema: TEXT }] }),
      service(),
      'parameter gone  query parameter lang (GET /books/{id})',
    ],
    [
      'a parameter that is required now',
      service(),
      service({ parameters: [{ name: 'lang', in: 'query', required: true, schema: TEXT }] }),
      'required  query parameter lang (GET /books/{id})',
    ],
    [
      'a field of another type',
      service(),
      service({ fields: { name: { type: 'integer' } } }),
      'other type  Book.name: string → integer',
    ],
    [
      'a field that can be null now',
      service(),
      service({ fields: { name: { anyOf: [TEXT, { type: 'null' }] } } }),
      'can be null  Book.name',
    ],
    [
      'a field of a request that is required now',
      service({ input: { state: TEXT } }),
      service({ input: { state: TEXT }, required: ['name', 'state'] }),
      'required  Input.state (PUT /books/{id})',
    ],
    [
      'a new field of a request that is required',
      service(),
      service({ input: { id: TEXT }, required: ['name', 'id'] }),
      'required  Input.id (PUT /books/{id})',
    ],
    [
      'a field of a request that is not taken any more as null',
      service({ input: { name: { type: ['string', 'null'] } } }),
      service(),
      'other type  Input.name: null is refused',
    ],
    [
      'a value that a request may not have any more',
      service(),
      service({ input: { state: { type: 'string', enum: ['draft'] } } }),
      'value gone  Input.state: no published',
    ],
    [
      'another status of success',
      service(),
      service({ read: { responses: { 201: { description: '' } } } }),
      'other status  the answer: 200 → 201',
    ],
    [
      'a login that is needed now',
      service({ read: { security: [] } }),
      service(),
      'needs a login  GET /books/{id}',
    ],
  ])('for %s', async (_, contract, live, line) => {
    const { code, lines } = await drift(contract, live)
    expect(lines).toContain('breaks callers: 1')
    expect(lines).toContainEqual(expect.stringContaining(line))
    expect(code).toBe(1)
  })
})

describe('npm run drift names what is only new, and exits with 0', () => {
  it.each<[string, object, object, string]>([
    [
      'an operation',
      service(),
      service({ more: { '/health': { get: { responses: {} } } } }),
      'operation new  GET /health',
    ],
    ['a field of an answer', service(), service({ fields: { id: TEXT } }), 'field new  Book.id'],
    ['an optional field of a request', service(), service({ input: { id: TEXT } }), 'field new  Input.id'],
    [
      'an optional parameter',
      service(),
      service({ parameters: [{ name: 'lang', in: 'query', schema: TEXT }] }),
      'parameter new  query parameter lang',
    ],
    [
      'a value of an answer',
      service(),
      service({ fields: { state: { type: 'string', enum: ['draft', 'published', 'lost'] } } }),
      'value new  Book.state: lost',
    ],
    [
      'a request that may be null',
      service(),
      service({ input: { name: { type: ['string', 'null'] } } }),
      'relaxed  Input.name: null is accepted',
    ],
  ])('for %s', async (_, contract, live, line) => {
    const { code, lines } = await drift(contract, live)
    expect(lines).toContain('new: 1')
    expect(lines).toContainEqual(expect.stringContaining(line))
    expect(code).toBe(0)
  })
})

describe('npm run drift', () => {
  it('takes no notice of names, descriptions and the way a schema is written', async () => {
    const renamed = JSON.stringify(
      service({
        fields: { name: { anyOf: [TEXT], title: 'Name', description: 'a name', maxLength: 9 } },
        read: { operationId: 'read_book_books__id__get', summary: 'Read' },
      }),
    )
      .replaceAll('schemas/Book', 'schemas/BookRead')
      .replaceAll('"Book"', '"BookRead"')
      .replaceAll('{id}', '{book_id}')
      .replaceAll('"name":"id"', '"name":"book_id"')
    const { code, lines } = await drift(service(), JSON.parse(renamed))
    expect(lines).toEqual(['the contract of 2025: 2 of its 2 operations are there', 'no differences'])
    expect(code).toBe(0)
  })

  it('takes an answer without a schema for one that is not declared', async () => {
    const bare = { description: '', content: { 'application/json': { schema: {} } } }
    const { code, lines } = await drift(service(), service({ read: { responses: { 200: bare } } }))
    expect(lines).toContain('answers that the document does not declare: 1')
    expect(lines).toContain('no differences')
    expect(code).toBe(0)
  })

  it('takes a field with a default for one that an answer always has', async () => {
    const { code } = await drift(service({ book: { required: ['name', 'state'] } }), service())
    expect(code).toBe(0)
  })

  it('names a difference once, with how many operations have it, the most serious first', async () => {
    const { lines } = await drift(
      service({ more: { '/health': { get: { responses: {} } } } }),
      service({ fields: { name: { type: 'integer' }, id: TEXT } }),
    )
    expect(lines.slice(1)).toEqual([
      'breaks callers: 2',
      'operation gone  GET /health',
      'other type  Book.name: string → integer (GET /books/{id} and 1 more)',
      'new: 1',
      'field new  Book.id (GET /books/{id} and 1 more)',
    ])
  })

  it('names a difference that the contract knows with its reason, and exits with 0', async () => {
    const reason = 'The service says so, and does not do it'
    const { code, lines } = await drift(
      service({ fields: { name: { type: 'string', 'x-declared-otherwise': reason } } }),
      service({ fields: { name: { type: ['string', 'null'] } } }),
    )
    expect(lines).toContain(`can be null  Book.name (GET /books/{id} and 1 more). ${reason}`)
    expect(code).toBe(0)
  })

  it('ends for a schema that holds itself', async () => {
    const node = {
      book: { properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Book' } } } },
    }
    expect((await drift(service(node), service(node))).code).toBe(0)
  })
})

describe('the version that a document is compared with', () => {
  const marked = service({
    fields: {
      version: { type: 'string', 'x-until': '2025' },
      title: { type: 'string', 'x-since': '2026' },
      name: { type: ['string', 'null'], 'x-in': { 2025: { type: 'string' } } },
    },
    more: { '/covers': { get: { 'x-since': '2026', responses: {} } } },
  })
  const live2025 = service({ fields: { version: TEXT } })
  const live2026 = service({
    fields: { title: TEXT, name: { type: ['string', 'null'] } },
    more: { '/covers': { get: { responses: {} } } },
  })

  it.each([
    ['2025', live2025],
    ['2026', live2026],
  ])('is the one that fits best: %s', async (dialect, live) => {
    const { code, lines } = await drift(marked, live)
    expect(lines).toEqual([expect.stringContaining(`the contract of ${dialect}`), 'no differences'])
    expect(code).toBe(0)
  })

  it('is the one that is named', async () => {
    const { code, lines } = await drift(marked, live2026, '--dialect', '2025')
    expect(lines).toEqual([
      'the contract of 2025: 2 of its 2 operations are there',
      'breaks callers: 2',
      expect.stringContaining('field gone  Book.version'),
      expect.stringContaining('can be null  Book.name'),
      'new: 2',
      'operation new  GET /covers',
      expect.stringContaining('field new  Book.title'),
    ])
    expect(code).toBe(1)
  })

  it.each([
    ['2025', 23],
    ['2026', 100],
  ])('%s has all its %i operations in our own contract', async (dialect, count) => {
    const lines: string[] = []
    const code = await run(['--from', CONTRACT, '--dialect', dialect], (line) => lines.push(line))
    expect(lines).toEqual([
      `the contract of ${dialect}: ${count} of its ${count} operations are there`,
      'no differences',
    ])
    expect(code).toBe(0)
  })

  it('must be one of the contract', async () => {
    await expect(drift(marked, live2025, '--dialect', '2024')).rejects.toThrow(
      '--dialect must be 2025 or 2026, not 2024',
    )
  })

  it('needs a document', async () => {
    await expect(run([], () => {})).rejects.toThrow('--from is missing: the document to compare')
    await expect(run(['--from', 'nothing.json'], () => {})).rejects.toThrow(/no such file/)
  })
})
