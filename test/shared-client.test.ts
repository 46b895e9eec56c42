import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DreamCentralStorageClient, DreamStorageInputError, getDreamStorageClient } from '../src/index.js'
import { thrown } from './support/failure.js'
import { startLiveService } from './support/live-service.js'
import { json } from './support/server.js'

const shared: DreamCentralStorageClient[] = []

function getShared(): DreamCentralStorageClient {
  const client = getDreamStorageClient()
  shared.push(client)
  return client
}

beforeEach(() => {
  for (const name of ['URL', 'EMAIL', 'PASSWORD', 'TOKEN_EXPIRY', 'TOKEN', 'LOG_LEVEL']) {
    vi.stubEnv(`DREAM_CENTRAL_STORAGE_${name}`, undefined)
  }
})

afterEach(async () => {
  vi.unstubAllEnvs()
  for (const client of shared.splice(0)) await client.close()
})

function stubLogin(url: string): void {
  vi.stubEnv('DREAM_CENTRAL_STORAGE_URL', url)
  vi.stubEnv('DREAM_CENTRAL_STORAGE_EMAIL', 'a@b.c')
  vi.stubEnv('DREAM_CENTRAL_STORAGE_PASSWORD', 'secret')
}

test('getDreamStorageClient gives one client, made from the environment at the first call', async () => {
  const service = await startLiveService((_, response) => json(response, 200, []))
  stubLogin(service.url)
  const client = getShared()
  expect(client).toBeInstanceOf(DreamCentralStorageClient)
  vi.stubEnv('DREAM_CENTRAL_STORAGE_URL', 'http://elsewhere.test')
  expect(getShared()).toBe(client)
  expect(await client.getBooks()).toEqual([])
  expect(service.count('POST /auth/login')).toBe(1)
})

test('getDreamStorageClient makes a new client once the shared one was closed', async () => {
  stubLogin('http://one.test')
  const first = getShared()
  await first.close()
  vi.stubEnv('DREAM_CENTRAL_STORAGE_URL', 'http://two.test')
  const second = getShared()
  expect(second).not.toBe(first)
  expect(second.getAssetUrl('p', 'b', 'a')).toMatch(/^http:\/\/two\.test\//)
  expect(getShared()).toBe(second)
})

test('getDreamStorageClient throws while the environment does not say enough, and works when it does', () => {
  const error = thrown(getDreamStorageClient, DreamStorageInputError)
  expect(error.message).toContain('DREAM_CENTRAL_STORAGE_EMAIL')
  stubLogin('not a url')
  thrown(getDreamStorageClient, DreamStorageInputError)
  stubLogin('http://one.test')
  expect(getShared().getAssetUrl('p', 'b', 'a')).toMatch(/^http:\/\/one\.test\//)
})

test('a client of your own shares nothing with the shared one', async () => {
  const service = await startLiveService((_, response) => json(response, 200, []))
  stubLogin(service.url)
  await getShared().getBooks()
  await using own = new DreamCentralStorageClient({
    baseUrl: service.url,
    email: 'a@b.c',
    password: 'secret',
  })
  await own.getBooks()
  expect(service.count('POST /auth/login')).toBe(2)
  expect(service.count('GET /books/')).toBe(2)
})
