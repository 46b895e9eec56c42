import { describe, expect, test } from 'vitest'
import { DreamStorageInputError, DreamStorageNotFoundError, DreamStorageServerError } from '../src/index.js'
import { file } from './support/answers.js'
import { failure } from './support/failure.js'
import { json } from './support/fake-service.js'
import { serve } from './support/serve.js'

describe('the materials of a teacher', () => {
  test('are listed with their sizes', async () => {
    const node = { path: 't 1/materials/a/ders.txt', type: 'file', size: 3, children: [] }
    const { client, service } = serve(() =>
      json({ path: 't 1/materials/', type: 'folder', children: [node, null] }),
    )
    expect(await client.listTeacherMaterials('t 1')).toEqual([{ path: 'a/ders.txt', size: 3 }])
    expect(service.seen.at(-1)?.path).toBe('/teachers/t%201/materials')
  })

  test('are streamed, with the slashes of their path', async () => {
    const { client, service } = serve(() => file(Uint8Array.of(1, 2, 3), { 'content-type': 'text/plain' }))
    const { body, ...rest } = await client.streamTeacherMaterial('t1', 'a b/ders.txt', {
      range: { start: 1 },
    })
    expect(rest).toMatchObject({ size: 3, fileName: 'ders.txt', contentType: 'text/plain', status: 206 })
    expect(new Uint8Array(await new Response(body).arrayBuffer())).toEqual(Uint8Array.of(2, 3))
    expect(service.seen.at(-1)?.path).toBe('/teachers/t1/materials/a%20b/ders.txt')
  })

  test('that are unknown are an error', async () => {
    const { client } = serve(() => json({ detail: 'File not found' }, 404))
    await failure(client.streamTeacherMaterial('t1', 'x'), DreamStorageNotFoundError)
    expect(client.stats().connections.active).toBe(0)
  })

  test('with letters that the service cannot send are not asked for again, and open no circuit', async () => {
    const { client, service } = serve(() => new Response('Internal Server Error', { status: 500 }))
    for (let time = 0; time < 8; time++) {
      await failure(client.streamTeacherMaterial('t1', 'a/ş.txt'), DreamStorageServerError)
    }
    expect(service.count('GET /teachers')).toBe(8)
    expect(client.stats().circuits.storage).toBe('closed')
  })

  test('need usable names', async () => {
    const { client, service } = serve()
    for (const id of ['', '..', 'a/b', 5]) {
      await failure(client.listTeacherMaterials(id as string), DreamStorageInputError)
      await failure(client.streamTeacherMaterial(id as string, 'x'), DreamStorageInputError)
    }
    for (const path of ['', '/x', 'a/../b', 'a//b']) {
      await failure(client.streamTeacherMaterial('t1', path), DreamStorageInputError)
    }
    expect(service.seen).toEqual([])
  })
})
