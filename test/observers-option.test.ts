import { describe, expect, test } from 'vitest'
import { DreamCentralStorageClient, DreamStorageInputError } from '../src/index.js'
import { EVENT_NAMES } from './support/event-log.js'
import { thrown } from './support/failure.js'
import { serve } from './support/serve.js'

const base = { baseUrl: 'http://dcs.test', token: 'key' }

describe('the option observers', () => {
  test.each([
    ['no list', { 'call.end': () => {} }],
    ['null', null],
    ['a function', () => {}],
    ['a text', 'call.end'],
    ['a list of functions', [() => {}]],
    ['a list with null', [null]],
    ['a list with a hole', [undefined]],
    ['an unknown event', [{ 'call.begin': () => {} }]],
    ['an event of another name in the second observer', [{ retry: () => {} }, { retries: () => {} }]],
    ['an event that is a method of every object', [{ toString: () => 'x' }]],
    ['a listener that is no function', [{ 'call.end': 'log' }]],
    ['a listener that is null', [{ 'call.end': null }]],
  ])('refuses %s, by its name, with the events that there are', (_, observers) => {
    const make = (): unknown => new DreamCentralStorageClient({ ...base, observers } as never)
    const { message } = thrown(make, DreamStorageInputError)
    expect(message).toMatch(/^observers must be /)
    for (const name of EVENT_NAMES) expect(message).toContain(name)
  })

  test.each([
    ['nothing', undefined],
    ['an empty list', []],
    ['an observer of nothing', [{}]],
    ['a listener that is undefined', [{ 'call.end': undefined }]],
  ])('accepts %s', async (_, observers) => {
    const { client } = serve(undefined, { token: 'key', observers })
    expect(await client.getBookById(1)).toMatchObject({ id: 1 })
  })
})
