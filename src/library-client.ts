import type { AssetContext } from './assets/asset-context.js'
import { FileClient } from './file-client.js'
import type { CallOptions } from './options/call-options.js'
import type { BookFile, Library } from './service/library.js'
import type { LibraryContext } from './service/library-context.js'
import { partLoader } from './service/load-part.js'

/** The methods for many books, publishers, AI data and teachers. Their code is loaded at the first call of one. */
export abstract class LibraryClient extends FileClient {
  readonly #library: () => Promise<Library>

  protected constructor(context: AssetContext & LibraryContext) {
    super(context)
    this.#library = partLoader(async () => new (await import('./service/library.js')).Library(context))
  }

  /**
   * @returns the files of a book with their sizes, none for an unknown book
   * @example const files = await client.listBookFiles('Universal ELT', 'BRAINS')
   */
  async listBookFiles(
    publisher: string,
    bookName: string,
    options?: CallOptions,
  ): Promise<readonly BookFile[]> {
    return (await this.#library()).bookFiles(publisher, bookName, options)
  }
}
