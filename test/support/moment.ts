/** Something that happens once, and that others wait for. */
export class Moment {
  #happen: () => void = () => {}
  readonly passed = new Promise<void>((resolve) => {
    this.#happen = resolve
  })

  readonly happen = (): void => this.#happen()
}

/** Waits, turn by turn of the event loop, until it is so; the time limit of the test is the only one. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise(setImmediate)
}
