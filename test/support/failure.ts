import { expect } from 'vitest'
import type { DreamStorageError } from '../../src/index.js'

type ErrorClass = abstract new (...args: never[]) => DreamStorageError

/** What the promise rejects with; fails the test when it resolves. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (reason: unknown) => ({ reason }),
  )
  if ('value' in outcome) throw new Error(`resolved with ${JSON.stringify(outcome.value)?.slice(0, 200)}`)
  return outcome.reason
}

/** The error of exactly this class that the promise rejects with. */
export async function failure<C extends ErrorClass>(
  promise: Promise<unknown>,
  Class: C,
): Promise<InstanceType<C>> {
  return exactly(await rejection(promise), Class)
}

/** The error of exactly this class that the function throws. */
export function thrown<C extends ErrorClass>(act: () => unknown, Class: C): InstanceType<C> {
  let error: unknown
  try {
    act()
  } catch (caught) {
    error = caught
  }
  return exactly(error, Class)
}

function exactly<C extends ErrorClass>(error: unknown, Class: C): InstanceType<C> {
  expect((error as Error | undefined)?.constructor.name, String(error)).toBe(Class.name)
  expect(error).toBeInstanceOf(Class)
  return error as InstanceType<C>
}
