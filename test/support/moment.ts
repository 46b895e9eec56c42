/** An event that happens once, and that others can wait for. */
export class Moment {
  #happen: () => void = () => {}
  readonly passed = new Promise<void>((resolve) => {
    this.#happen = resolve
  })

  readonly happen = (): void => this.#happen()
}

/** Waits until the condition is true, which it checks in each turn of the event loop. Only the test has a time limit. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise(setImmediate)
}
