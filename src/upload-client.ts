import type {
  BookUploadResult,
  ContentUploadResult,
  TeacherMaterial,
} from '../generated/dream-central-storage.js'
import type { AssetContext } from './assets/asset-context.js'
import { LibraryClient } from './library-client.js'
import type { LibraryContext } from './service/library-context.js'
import { partLoader } from './service/load-part.js'
import type { UploadContext, UploadOptions } from './uploads/upload.js'
import type { UploadFile } from './uploads/upload-file.js'
import type { UploadBookOptions, UploadContentOptions, Uploads } from './uploads/uploads.js'

/** The methods that upload files. Their code is loaded at the first call of one. */
export abstract class UploadClient extends LibraryClient {
  readonly #uploads: () => Promise<Uploads>

  protected constructor(context: AssetContext & LibraryContext & UploadContext) {
    super(context)
    this.#uploads = partLoader(async () => new (await import('./uploads/uploads.js')).Uploads(context))
  }

  /**
   * Uploads a new book as a ZIP with a config.json. A service of 2026 names the book after the file.
   * @returns the book and its files
   * @throws {@link DreamStorageRequestError} with `detail` for a book that exists (409) and a ZIP that is no book (400)
   * @example const { book } = await client.uploadBook('books/BRAINS.zip', { publisherId: 7 })
   */
  async uploadBook(file: UploadFile, options?: UploadBookOptions): Promise<BookUploadResult> {
    return (await this.#uploads()).book(file, options)
  }

  /**
   * Uploads a ZIP as the content of a book. A service of 2026 replaces all content, one of 2025 adds a version. When it
   * fails after bytes were sent, the book may be empty, and the error says so.
   * @param bookId 1 to 2 147 483 647
   * @example await client.uploadBookContent(42, 'books/BRAINS.zip')
   */
  async uploadBookContent(
    bookId: number,
    file: UploadFile,
    options?: UploadContentOptions,
  ): Promise<ContentUploadResult> {
    return (await this.#uploads()).content(bookId, file, options)
  }

  /**
   * Uploads a file of a teacher. Its media type is that of a `Blob`, or follows from the end of its name.
   * @param teacherId any text without slashes; an unknown teacher is created
   * @throws {@link DreamStorageRequestError} for a type that the service does not take (415), and above 100 MB (413)
   * @example await client.uploadTeacherMaterial('t-7', 'lesson.pdf')
   */
  async uploadTeacherMaterial(
    teacherId: string,
    file: UploadFile,
    options?: UploadOptions,
  ): Promise<TeacherMaterial> {
    return (await this.#uploads()).material(teacherId, file, options)
  }
}
