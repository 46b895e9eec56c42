import { describe, expect, test } from 'vitest'
import { ARRIVALS, expectBook, ODD_ANSWERS, ODDER_ANSWERS } from '../support/odd-answers.js'

describe.each(ARRIVALS)('an answer that arrives %s with', (_, send) => {
  const odd = Object.entries({ ...ODD_ANSWERS, ...ODDER_ANSWERS })

  test.each(odd.filter(([, { ends }]) => !ends))('%s is read, and its connection kept', async (_, answer) => {
    expect(await expectBook(answer, send)).toBe(1)
  })
})
