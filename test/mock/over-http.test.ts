import { Agent, get, type IncomingMessage } from 'node:http'
import { connect, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type MockServer, type MockServerOptions, startMockServer } from '../../src/testing/index.js'
import { login, objectPath, storagePath, zipForm } from './support.js'

const servers: MockServer[] = []

async function serve(
  options?: MockServerOptions,
): Promise<MockServer & { headers: { authorization: string } }> {
  const server = await startMockServer(options)
  servers.push(server)
  return { ...server, headers: { authorization: `Bearer ${await login(server.service)}` } }
}

function rawGet(url: string, headers: Record<string, string>, agent?: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent }, resolve).on('error', reject)
  })
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

describe('the mock service over HTTP', () => {
  it('answers real requests, uploads included', async () => {
    const { url, headers, service } = await serve()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await (await fetch(`${url}/books/1`, { headers })).json()).toMatchObject({ book_name: 'BRAINS' })
    const body = zipForm({ 'config.json': '{"version":"2.0.0"}' })
    const upload = await fetch(`${url}/books/1/upload`, { method: 'POST', headers, body })
    expect(upload.status).toBe(201)
    const unknown = await fetch(`${url}/nowhere`)
    expect([unknown.status, await unknown.json()]).toEqual([404, { detail: 'Not Found' }])
    expect(service.count('POST', '/books/1/upload')).toBe(1)
  })

  it('sends names in raw Latin-1', async () => {
    const { url, headers } = await serve()
    const path = objectPath(
      'Bright Future',
      'Odds and Ends',
      '1.0.0/Odds and Ends/reading/café résumé ü ç.pdf',
    )
    const response = await rawGet(url + path, headers)
    response.resume()
    // Node gives header values as Latin-1: one character is one byte.
    expect(response.headers['content-disposition']).toBe('attachment; filename="café résumé ü ç.pdf"')
  })

  it('streams a large file', async () => {
    const { url, headers } = await serve()
    const path = objectPath('Dream Press', 'Video Lessons', '1.0.0/Video Lessons/video/lesson 1.mp4')
    const response = await fetch(url + path, { headers })
    const size = 24 * 1_048_576
    expect(response.headers.get('content-length')).toBe(String(size))
    expect((await response.arrayBuffer()).byteLength).toBe(size)
  })

  it('ends the connection when a download is cut', async () => {
    const { url, headers, service } = await serve()
    service.setStorageFault('cut')
    const path = objectPath('Universal ELT', 'BRAINS', '1.0.0/BRAINS/audio/1.mp3')
    const response = await rawGet(url + path, headers)
    expect(response.headers['content-length']).toBe('48213')
    await expect(text(response)).rejects.toThrow('aborted')
  })

  it('redirects to an address without its port', async () => {
    const { url } = await serve()
    const response = await fetch(`${url}/books`, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([307, 'http://127.0.0.1/books/'])
  })

  it('keeps connections without saying for how long, and ends them after a 304', async () => {
    const { url, headers } = await serve({ dialect: '2026' })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ask = async (path: string, more = {}): Promise<[port: number | undefined, IncomingMessage]> => {
      const response = await rawGet(url + path, { ...headers, ...more }, agent)
      const { localPort } = response.socket
      await text(response)
      return [localPort, response]
    }
    const [port, first] = await ask('/health')
    expect(first.headers['keep-alive']).toBeUndefined()
    expect((await ask('/books/'))[0]).toBe(port)
    const cover = storagePath('Universal ELT', 'BRAINS', '/cover')
    const [lastPort, cached] = await ask(cover, { 'if-none-match': '*' })
    expect([cached.statusCode, cached.headers.connection, lastPort]).toEqual([304, 'close', port])
    agent.destroy()
  })

  it('honours a client that wants its connection closed', async () => {
    const { url } = await serve()
    const response = await rawGet(`${url}/health`, { connection: 'close' })
    response.resume()
    expect(response.headers.connection).toBe('close')
  })

  it('leaves the Request and Response of the process alone', async () => {
    const { Request: request, Response: response } = globalThis
    await serve()
    expect([globalThis.Request === request, globalThis.Response === response]).toEqual([true, true])
  })

  it('closes open connections when it is closed', async () => {
    const { url, close } = await startMockServer()
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    await new Promise((resolve) => socket.once('connect', resolve))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.resume().on('error', () => {})
    await close()
    await closed
    await expect(close()).rejects.toThrow('Server is not running')
  })

  it('rejects when the port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const address = taken.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    await expect(startMockServer({ port })).rejects.toThrow('EADDRINUSE')
    taken.close()
  })

  it('reports its own failures and answers 500', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {})
    const fail = (): never => {
      throw new Error('broken clock')
    }
    let broken = false
    const { url, headers } = await serve({ now: () => (broken ? fail() : Date.now()) })
    broken = true
    const response = await fetch(`${url}/books/`, { headers })
    expect([response.status, await response.text()]).toEqual([500, 'Internal Server Error'])
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ message: 'broken clock' }))
    report.mockRestore()
  })
})
