import { expect, test } from 'vitest'
import { runChild } from '../support/child.js'
import { BOOK } from '../support/serve.js'

test.concurrent.each(['before', 'after'])(
  'msw that listens %s the import answers in place of a host that does not exist',
  async (when) => {
    const { code, stdout, stderr } = await runChild('answered-by-msw.ts', [when])
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout)).toEqual({ book: BOOK, byteLength: 300_000, tried: [] })
  },
)
