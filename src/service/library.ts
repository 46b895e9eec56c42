import type { CallOptions } from '../options/call-options.js'
import { readContents } from './contents.js'
import { ENDPOINTS } from './endpoints.js'
import type { LibraryContext } from './library-context.js'
import { checkBookPath } from './paths.js'

/** A file of a listing. */
export interface BookFile {
  /** Its path, as `downloadAsset` takes it. */
  readonly path: string
  /** Its size in bytes; absent when the service does not say. */
  readonly size?: number
}

/** The methods that are loaded at their first call: each checks its arguments, and names an endpoint and an operation. */
export class Library {
  readonly #context: LibraryContext

  constructor(context: LibraryContext) {
    this.#context = context
  }

  async bookFiles(publisher: string, bookName: string, options?: CallOptions): Promise<readonly BookFile[]> {
    const path = checkBookPath(publisher, bookName)
    const files = await this.#context.runner.request(ENDPOINTS.contents, options, (call) =>
      readContents(this.#context, call, path),
    )
    return files.map(({ path: file, size }) => ({ path: file, ...(size !== undefined && { size }) }))
  }
}
