import { describe, expect, test } from 'vitest'
import {
  type DreamCentralStorageClient,
  DreamStorageNotFoundError,
  DreamStorageRequestError,
  DreamStorageResponseError,
  DreamStorageServerError,
} from '../src/index.js'
import { empty, html, raw } from './support/answers.js'
import { createClient, type TestOptions } from './support/client.js'
import { failure } from './support/failure.js'
import { FakeService, json } from './support/fake-service.js'

const ROUTE = '/storage/books/{publisher}/{book_name}/config'

function serve(
  answer: () => Response,
  options: Partial<TestOptions> = {},
): { service: FakeService; client: DreamCentralStorageClient } {
  const service = new FakeService(answer)
  return { service, client: createClient({ ...service.options, ...options }) }
}

describe('getBookConfig', () => {
  test.each([
    ['an object', { book_title: 'BRAINS', books: [{ modules: [{ pages: [] }] }] }],
    ['an array', ['a config.json', 'can be', 'an array']],
    ['a string', 'text'],
    ['an empty string', ''],
    ['a number', 0],
    ['false', false],
    ['null', null],
  ])('gives %s, as any JSON value can come', async (_, config) => {
    const { service, client } = serve(() => json(config))
    expect(await client.getBookConfig('Universal ELT', 'BRAINS')).toEqual(config)
    expect(service.count('GET /storage/books/Universal%20ELT/BRAINS/config')).toBe(1)
  })

  test('rejects with a not-found error for a book that is not there', async () => {
    const { client } = serve(() => json({ detail: 'Book not found' }, 404))
    const error = await failure(client.getBookConfig('p', 'b'), DreamStorageNotFoundError)
    expect(error).toMatchObject({ status: 404, route: ROUTE, attempts: 1 })
  })

  test('rejects with a request error that says why for the draft of 2025', async () => {
    const { client } = serve(() => json({ detail: 'Book has no version information' }, 400))
    const error = await failure(client.getBookConfig('p', 'b'), DreamStorageRequestError)
    expect(error).toMatchObject({ status: 400, detail: 'Book has no version information', attempts: 1 })
    expect(error.message).toContain('Book has no version information')
  })

  test('asks once for a broken config.json, which no repetition mends and no breaker counts', async () => {
    const { service, client } = serve(() => json({ detail: 'config.json is invalid' }, 502), {
      circuitBreaker: { failureThreshold: 1 },
    })
    const error = await failure(client.getBookConfig('p', 'b'), DreamStorageServerError)
    expect(error).toMatchObject({ status: 502, attempts: 1 })
    expect(service.count('GET')).toBe(1)
    expect(client.stats().circuits.storage).toBe('closed')
  })

  test.each([
    ['a page of nginx', () => html(502)],
    ['another detail', () => json({ detail: 'storage is down' }, 502)],
    ['a list', () => json(['config.json is invalid'], 502)],
  ])('repeats for a 502 with %s', async (_, answer) => {
    const { service, client } = serve(answer)
    await failure(client.getBookConfig('p', 'b'), DreamStorageServerError)
    expect(service.count('GET')).toBe(4)
  })

  test.each([
    ['a page of HTML', () => html()],
    ['truncated JSON', () => raw('{"books":[{"type":"stu')],
    ['an empty body', () => raw('')],
    ['204', () => empty(204)],
  ])('rejects with a response error for %s', async (_, answer) => {
    const { service, client } = serve(answer)
    const error = await failure(client.getBookConfig('p', 'b'), DreamStorageResponseError)
    expect(error).toMatchObject({ route: ROUTE, status: answer().status, attempts: 1 })
    expect(service.count('GET')).toBe(1)
  })
})
