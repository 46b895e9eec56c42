import { onTestFinished } from 'vitest'

/** What the process emits under this name until the test ends; read it after `settle()`. */
export function collect(event: 'unhandledRejection' | 'warning'): unknown[] {
  const emitted: unknown[] = []
  const listener = (subject: unknown): void => void emitted.push(subject)
  process.on(event as 'warning', listener)
  onTestFinished(() => {
    process.off(event, listener)
  })
  return emitted
}
