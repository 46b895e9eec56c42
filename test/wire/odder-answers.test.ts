import { describe, test } from 'vitest'
import { ARRIVALS, expectBook, ODDER_ANSWERS } from '../support/odd-answers.js'

describe.each(ARRIVALS)('an answer that arrives %s with', (_, send) => {
  test.each(Object.entries(ODDER_ANSWERS))('%s is read like any other', (_, odd) => expectBook(odd, send))
})
