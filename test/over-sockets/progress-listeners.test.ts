import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DreamStorageNetworkError, type OnProgress, type Progress } from '../../src/index.js'
import { BYTES, OF_2025, OF_2026 } from '../support/download-setting.js'
import { rejection } from '../support/failure.js'
import { settle } from '../support/fake-time.js'
import { begin, type Interfere } from '../support/file-server.js'
import { contentsOf } from '../support/folder.js'
import { LEDGER, type MirrorSetting, setUpMirror } from '../support/mirror.js'
import { Moment } from '../support/moment.js'
import { collect } from '../support/process-events.js'
import { replyWith } from '../support/stored-file.js'

type Run = (setting: MirrorSetting, onProgress: OnProgress) => Promise<unknown>

const METHODS: Readonly<Record<string, Run>> = {
  downloadAssetToFile: ({ client, folder }, onProgress) =>
    client.downloadAssetToFile('p', 'b', 'a', join(folder, 'a'), { onProgress }),
  mirrorBook: ({ mirror }, onProgress) => mirror({ onProgress }),
}

const FAULT = new Error('listener')
const isLast = ({ transferred, files }: Progress): boolean =>
  transferred === BYTES.byteLength && files?.done !== 0

/** The ways in which a listener fails. */
const FAILING: Readonly<Record<string, OnProgress>> = {
  'throws at once': () => {
    throw FAULT
  },
  'throws at the end': (progress) => {
    if (isLast(progress)) throw FAULT
  },
  'rejects at once': async () => {
    throw FAULT
  },
  'rejects at the end': async (progress) => {
    if (isLast(progress)) throw FAULT
  },
  'returns something else with a `then` that throws': () =>
    Object.defineProperty({}, 'then', {
      get: () => {
        throw FAULT
      },
    }),
}

function setUp(interfere?: Interfere): Promise<MirrorSetting> {
  return setUpMirror({ a: OF_2025 }, interfere, {
    maxConnections: 1,
    retry: { maxRetries: 3, baseDelayMs: 1 },
  })
}

describe.each(Object.entries(METHODS))('a listener for the progress of %s', (method, run) => {
  const left = method === 'mirrorBook' ? [LEDGER, 'a'] : []

  test.each(Object.entries(FAILING))('that %s fails the call, and nothing else', async (_, onProgress) => {
    const unhandled = collect('unhandledRejection')
    const setting = await setUp()
    expect(await rejection(run(setting, onProgress))).toBe(FAULT)
    // Of a mirror, a file that was complete stays.
    expect([[], left]).toContainEqual(await contentsOf(setting.folder))
    expect(setting.server.asked).toHaveLength(1)
    expect((await setting.client.downloadAsset('p', 'b', 'a')).byteLength).toBe(BYTES.byteLength)
    await settle()
    expect(unhandled).toEqual([])
  })

  test('that throws an error of the client causes no further request', async () => {
    const setting = await setUp()
    const error = new DreamStorageNetworkError('of another call', {})
    const onProgress = (): never => {
      throw error
    }
    expect(await rejection(run(setting, onProgress))).toBe(error)
    expect(setting.server.asked).toHaveLength(1)
  })

  test('that rejects while nothing arrives fails the call then', async () => {
    const setting = await setUp(({ range }, response) => {
      begin(response, replyWith(OF_2025, range), 100_000)
      return true
    })
    const told = new Moment()
    let fail = (_: Error): void => {}
    const onProgress = (): Promise<void> => {
      told.happen()
      return new Promise((_, reject) => {
        fail = reject
      })
    }
    const call = rejection(run(setting, onProgress))
    await told.passed
    await settle()
    fail(FAULT)
    expect(await call).toBe(FAULT)
    expect((await contentsOf(setting.folder)).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  test('that rejects after the end changes nothing, and is no unhandled rejection', async () => {
    const unhandled = collect('unhandledRejection')
    const setting = await setUp()
    const fails: Array<(reason: Error) => void> = []
    const onProgress = (): Promise<void> => new Promise((_, reject) => fails.push(reject))
    await run(setting, onProgress)
    for (const fail of fails) fail(FAULT)
    await settle()
    expect(fails.length).toBeGreaterThan(0)
    expect(unhandled).toEqual([])
    expect(await contentsOf(setting.folder)).toContain('a')
    expect((await setting.client.downloadAsset('p', 'b', 'a')).byteLength).toBe(BYTES.byteLength)
  })
})

test('a listener that fails ends a mirror before its other files, which the next one brings', async () => {
  const names = Array.from({ length: 30 }, (_, index) => String(index + 10))
  const { mirror, server, folder } = await setUpMirror(
    Object.fromEntries(names.map((name) => [name, OF_2026])),
  )
  const onProgress = async (): Promise<void> => {
    throw FAULT
  }
  expect(await rejection(mirror({ onProgress }))).toBe(FAULT)
  expect(server.asked.length).toBeLessThan(names.length)
  expect((await mirror()).failed).toEqual([])
  expect(await contentsOf(folder)).toEqual([LEDGER, ...names])
})
