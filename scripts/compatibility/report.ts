/** Prints what was checked, line by line, and fails the process when a check failed. */
export class Report {
  #failed = 0

  ok(name: string, detail = ''): void {
    this.#print('ok', name, detail)
  }

  skipped(name: string, reason: string): void {
    this.#print('SKIPPED', name, reason)
  }

  failed(name: string, detail: string): void {
    this.#failed++
    this.#print('FAILED', name, detail)
  }

  /** Says how it went; the exit code of the process too. */
  end(): void {
    console.log(this.#failed === 0 ? '\nno failures' : `\n${this.#failed} failed`)
    if (this.#failed > 0) process.exitCode = 1
  }

  #print(state: string, name: string, detail: string): void {
    console.log(`${state.padEnd(8)} ${name}${detail === '' ? '' : `: ${detail}`}`)
  }
}
