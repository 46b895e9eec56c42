import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { type DreamCentralStorageClient, DreamStorageRequestError } from '../../src/index.js'
import { failure } from '../support/failure.js'
import { httpJson, type RawServer, startRawServer } from '../support/raw-server.js'
import { BOOK } from '../support/serve.js'
import { isBuiltIn } from '../support/transport.js'
import { createWireClient, turns } from '../support/wire-client.js'

/** What haproxy, nginx and ELB send on a connection that was idle for too long. */
const TIMED_OUT = [
  'HTTP/1.1 408 Request Timeout',
  'content-length: 9',
  'cache-control: no-cache',
  'connection: close',
  'content-type: text/html',
  '',
  'timed out',
].join('\r\n')

/** Answers each request by its number on its connection, from 0 on. */
async function startServer(
  answer: (socket: Socket, nth: number, connection: number) => void,
): Promise<{ service: RawServer; client: DreamCentralStorageClient }> {
  const counts = new Map<Socket, number>()
  const service = await startRawServer((socket) => {
    const nth = counts.get(socket) ?? 0
    counts.set(socket, nth + 1)
    answer(socket, nth, [...counts.keys()].indexOf(socket))
  })
  const options = { baseUrl: `http://127.0.0.1:${service.port}`, maxConnections: 1 }
  return { service, client: createWireClient({ ...options, circuitBreaker: { failureThreshold: 1 } }) }
}

const onlyOnce = (socket: Socket, nth: number): void => {
  if (nth === 0) socket.write(httpJson(BOOK))
  else socket.end(TIMED_OUT)
}

/** Leaves a connection that is used again; the built-in fetch needs a moment until it is idle. */
async function useOnce(client: DreamCentralStorageClient): Promise<void> {
  await client.getBookById(1)
  await turns(50)
}

describe('a 408 at the reuse of a connection', () => {
  test('costs a GET neither a retry nor a failure: it is sent again over a new connection', async () => {
    const { service, client } = await startServer(onlyOnce)
    await useOnce(client)
    expect(await client.getBookById(2)).toEqual(BOOK)
    expect(service.requests).toHaveLength(3)
    expect(service.sockets).toHaveLength(2)
    expect(client.stats()).toMatchObject({ requests: { calls: 2, retries: 0 }, connections: { active: 0 } })
  })

  test('costs a download and client.api nothing either', async () => {
    const { client } = await startServer(onlyOnce)
    await useOnce(client)
    const bytes = await client.downloadAsset('p', 'b', 'a')
    expect(JSON.parse(Buffer.from(bytes).toString())).toEqual(BOOK)
    const { data } = await client.api.GET('/books/{book_id}', { params: { path: { book_id: 2 } } })
    expect(data).toEqual(BOOK)
  })

  test('is an error for a POST, which is sent once', async () => {
    const { service, client } = await startServer(onlyOnce)
    await useOnce(client)
    const { response } = await client.api.POST('/books/batch', { body: { ids: [1] } })
    expect(response.status).toBe(408)
    expect(service.requests.filter((line) => line.startsWith('POST'))).toHaveLength(1)
  })

  test('and at the new connection too is an error, after one more request', async () => {
    const { service, client } = await startServer((socket, nth, connection) => {
      if (nth === 0 && connection === 0) socket.write(httpJson(BOOK))
      else socket.end(TIMED_OUT)
    })
    await useOnce(client)
    const error = await failure(client.getBookById(2), DreamStorageRequestError)
    expect(error).toMatchObject({ status: 408, attempts: 1 })
    expect(service.requests).toHaveLength(3)
  })
})

test.runIf(isBuiltIn)('a 408 at the first request of a connection is an error, and no failure', async () => {
  const { service, client } = await startServer((socket) => void socket.end(TIMED_OUT))
  const error = await failure(client.getBookById(1), DreamStorageRequestError)
  expect(error.status).toBe(408)
  expect(service.requests).toHaveLength(1)
  expect(client.stats().circuits.catalogue).toBe('closed')
})
