import { describe, expect, test } from 'vitest'
import { DreamStorageInputError, DreamStorageRequestError, DreamStorageResponseError } from '../src/index.js'
import { file } from './support/answers.js'
import { failure, thrown } from './support/failure.js'
import { json } from './support/fake-service.js'
import { serve } from './support/serve.js'

const READS = ['metadata', 'modules', 'vocabulary'] as const

describe('getBookAi', () => {
  test('reads metadata, whose id is a text whatever the service returns', async () => {
    const { client, service } = serve(() =>
      json({ book_id: 777, processing_status: 'completed', stages: {} }),
    )
    expect(await client.getBookAi(5).metadata()).toEqual({
      book_id: '777',
      processing_status: 'completed',
      stages: {},
    })
    expect(service.seen.at(-1)?.path).toBe('/books/5/ai-data/metadata')
  })

  test('reads modules and words, of which an odd one costs no other', async () => {
    const skipped: unknown[] = []
    const observers = [
      { skip: ({ what, count }: { what: string; count: number }) => skipped.push([what, count]) },
    ]
    const { client } = serve(
      ({ path }) =>
        path.endsWith('/modules')
          ? json({
              book_id: 5,
              total_modules: 3,
              modules: [{ module_id: '2', title: 'x' }, null, { title: 'y' }],
            })
          : json({
              book_id: '5',
              words: [
                { id: 12, module_id: '3' },
                { id: 'word_1', module_id: 2 },
                'x',
                { word: 'a' },
                { id: 'w' },
              ],
            }),
      { observers },
    )
    const ai = client.getBookAi(5)
    expect(await ai.modules()).toEqual({
      book_id: '5',
      total_modules: 3,
      modules: [{ module_id: 2, title: 'x' }],
    })
    expect((await ai.vocabulary())?.words).toEqual([
      { id: '12', module_id: 3 },
      { id: 'word_1', module_id: 2 },
      { id: 'w', module_id: null },
    ])
    expect(skipped).toEqual([
      ['modules without module_id were left out', 2],
      ['words without id were left out', 2],
    ])
  })

  test('reads one module, and the words of one', async () => {
    const { client, service } = serve(() => json({ module_id: '3', text: 't', words: [] }))
    expect(await client.getBookAi(5).module(3)).toMatchObject({ module_id: 3, text: 't' })
    await client.getBookAi(5).vocabulary({ module: 3, timeoutMs: 1_000 })
    expect(service.seen.slice(1).map(({ path }) => path)).toEqual([
      '/books/5/ai-data/modules/3',
      '/books/5/ai-data/vocabulary?module=3',
    ])
  })

  test('streams the audio of a word, or a range of it', async () => {
    const { client, service } = serve(() => file(Uint8Array.of(1, 2, 3, 4), { 'content-type': 'audio/mpeg' }))
    const audio = await client.getBookAi(5).audio('en', 12, { range: { start: 1, end: 2 } })
    expect(audio).toMatchObject({ status: 206, range: { start: 1, end: 2 }, size: 4, fileName: '12.mp3' })
    expect(audio?.contentType).toBe('audio/mpeg')
    expect(new Uint8Array(await new Response(audio?.body).arrayBuffer())).toEqual(Uint8Array.of(2, 3))
    expect(service.seen.at(-1)?.path).toBe('/books/5/ai-data/audio/vocabulary/en/12.mp3')
    expect(service.seen.at(-1)?.request.headers.get('range')).toBe('bytes=1-2')
  })

  test('cuts a range itself where the service refuses it without saying the size', async () => {
    const refusal = (): Response => json({ detail: 'Range not satisfiable' }, 416)
    const { client } = serve(({ request }) =>
      request.headers.has('range') ? refusal() : file(Uint8Array.of(1, 2, 3)),
    )
    const ai = client.getBookAi(5)
    const audio = await ai.audio('en', 'w', { range: { start: 1, end: 99 } })
    expect(new Uint8Array(await new Response(audio?.body).arrayBuffer())).toEqual(Uint8Array.of(2, 3))
    const { status } = await failure(ai.audio('en', 'w', { range: { start: 3 } }), DreamStorageRequestError)
    expect(status).toBe(416)
    expect(client.stats().connections.active).toBe(0)
  })

  test('is null for what the service does not know', async () => {
    const { client } = serve(() => json({ detail: 'AI data not found for this book' }, 404))
    const ai = client.getBookAi(5)
    for (const name of READS) expect(await ai[name]()).toBeNull()
    expect(await ai.module(1)).toBeNull()
    expect(await ai.audio('en', 'w')).toBeNull()
    expect(client.stats().connections).toEqual({ active: 0, queued: 0, files: 0 })
  })

  test.each(['[]', '5', '"x"', 'null'])('refuses the answer %s', async (body) => {
    const { client } = serve(() => json(JSON.parse(body)))
    for (const name of READS) await failure(client.getBookAi(5)[name](), DreamStorageResponseError)
  })

  test('refuses wrong arguments before anything is sent', async () => {
    const { client, service } = serve()
    for (const id of [0, 1.5, '1']) thrown(() => client.getBookAi(id as number), DreamStorageInputError)
    const ai = client.getBookAi(5)
    await failure(ai.module(1.5), DreamStorageInputError)
    await failure(ai.vocabulary({ module: 1.5 }), DreamStorageInputError)
    await failure(ai.vocabulary({ modules: 1 } as object), DreamStorageInputError)
    for (const lang of ['', 'EN', '..', 'eng', 5])
      await failure(ai.audio(lang as string, 'w'), DreamStorageInputError)
    for (const id of ['', '..', 'a/b', 'a b', "it's", null]) {
      await failure(ai.audio('en', id as string), DreamStorageInputError)
    }
    await failure(ai.audio('en', 'w', { range: { start: -1 } }), DreamStorageInputError)
    expect(service.seen).toEqual([])
  })
})
