import type { Book, Publisher } from '../generated/dream-central-storage.js'
import type { AssetContext } from './assets/asset-context.js'
import type { Assets, StreamAssetOptions } from './assets/assets.js'
import type { AssetStream } from './assets/read/stream-asset.js'
import { type BookAi, createBookAi } from './book-ai.js'
import { assetLoader, FileClient } from './file-client.js'
import type { CallOptions } from './options/call-options.js'
import type { AsyncResults } from './service/async-results.js'
import type { BookConfigEntry, BookConfigsOptions, BookNames } from './service/configs.js'
import type { Library } from './service/library.js'
import type { LibraryContext } from './service/library-context.js'
import { partLoader } from './service/load-part.js'
import { checkBookId } from './service/paths.js'
import type { BookCover, PublisherLogo } from './service/pictures.js'
import type { PresignedAssetUrl, PresignedUrlOptions } from './service/presigned.js'
import type { BookFile } from './service/teachers.js'
import type { EnsuredWebhook, WebhookOptions } from './service/webhooks.js'

/**
 * The methods for many books, publishers, AI data, teachers and webhooks. Their code is loaded at the first call of one.
 * What the service of 2025 does not have rejects with {@link DreamStorageNotFoundError}, which says so.
 */
export abstract class LibraryClient extends FileClient {
  readonly #library: () => Promise<Library>
  readonly #assets: () => Promise<Assets>

  protected constructor(context: AssetContext & LibraryContext) {
    super(context)
    this.#library = partLoader(async () => new (await import('./service/library.js')).Library(context))
    this.#assets = assetLoader(context)
  }

  /**
   * Reads 100 books with a request; from the service of 2025, which cannot, one by one. Not cached.
   * @param ids any number of ids, each from 1 to 2 147 483 647 @returns the books by id, in the order of `ids`; unknown and
   * archived ones are absent @example const books = await client.getBooksByIds([1, 2, 3])
   */
  async getBooksByIds(ids: Iterable<number>, options?: CallOptions): Promise<ReadonlyMap<number, Book>> {
    return (await this.#library()).booksByIds(ids, options)
  }

  /**
   * Reads the config.json of many books, `concurrency` at a time, with the cache of `getBookConfig`. A book that fails, or
   * has no usable names, is an entry with its `error`. Each iteration begins anew, with its first `next`; leaving the loop
   * ends what is in flight. It rejects when `signal` or `timeoutMs` ends it, and after `close()`.
   * @returns the entries in the order in which they are answered, not that of `books`
   * @example for await (const { book, config, error } of client.getBookConfigs(await client.getBooks())) …
   */
  getBookConfigs<T extends BookNames>(
    books: Iterable<T>,
    options?: BookConfigsOptions,
  ): AsyncIterable<BookConfigEntry<T>> {
    return {
      [Symbol.asyncIterator]: () => {
        let results: Promise<AsyncResults<BookConfigEntry<T>>> | undefined
        const open = (): typeof results & {} =>
          (results ??= this.#library().then((library) => library.configs(books, options)))
        return { next: async () => (await open()).next(), return: async () => (await open()).return() }
      },
    }
  }

  /** @returns the files of a book with their sizes, none for an unknown book @example await client.listBookFiles('P', 'B') */
  async listBookFiles(
    publisher: string,
    bookName: string,
    options?: CallOptions,
  ): Promise<readonly BookFile[]> {
    return (await this.#library()).files(publisher, bookName, options)
  }

  /** @returns the picture on the cover, null if there is none (2026) @example await client.getBookCover('P', 'B') */
  async getBookCover(publisher: string, bookName: string, options?: CallOptions): Promise<BookCover | null> {
    return (await this.#library()).cover(publisher, bookName, options)
  }

  /**
   * @returns a URL of a file that needs no login, as the service made it, null for an unknown file (2026)
   * @example const link = await client.getPresignedUrl('P', 'B', 'audio/1.mp3', { expiresInSeconds: 600 })
   */
  async getPresignedUrl(
    publisher: string,
    bookName: string,
    assetPath: string,
    options?: PresignedUrlOptions,
  ): Promise<PresignedAssetUrl | null> {
    return (await this.#library()).presignedUrl(publisher, bookName, assetPath, options)
  }

  /**
   * @returns all active publishers, frozen, in no order (2026); cached as the catalogue is, and invalidated with it, by
   * `{ books: true }` @example const publishers = await client.getPublishers()
   */
  async getPublishers(options?: CallOptions): Promise<readonly Publisher[]> {
    return (await this.#library()).publishers(options)
  }

  /** @returns a publisher, also a deleted one, null for an unknown one (2026) @example await client.getPublisherById(1) */
  async getPublisherById(publisherId: number, options?: CallOptions): Promise<Publisher | null> {
    return (await this.#library()).publisher(publisherId, options)
  }

  /** @param name case-sensitive @returns a publisher, or null (2026) @example await client.getPublisherByName('P') */
  async getPublisherByName(name: string, options?: CallOptions): Promise<Publisher | null> {
    return (await this.#library()).publisherByName(name, options)
  }

  /**
   * @returns the books of a publisher, drafts and archived ones too, null for an unknown publisher (2026)
   * @example const books = await client.getPublisherBooks(1)
   */
  async getPublisherBooks(publisherId: number, options?: CallOptions): Promise<readonly Book[] | null> {
    return (await this.#library()).publisherBooks(publisherId, options)
  }

  /** @returns the logo of a publisher, null if there is none (2026) @example await client.getPublisherLogo(1) */
  async getPublisherLogo(publisherId: number, options?: CallOptions): Promise<PublisherLogo | null> {
    return (await this.#library()).publisherLogo(publisherId, options)
  }

  /**
   * @param bookId 1 to 2 147 483 647 @returns the methods for the AI data of a book (2026); nothing is sent
   * @throws {@link DreamStorageInputError} at once @example const words = await client.getBookAi(42).vocabulary()
   */
  getBookAi(bookId: number): BookAi {
    return createBookAi(checkBookId(bookId), this.#library, this.#assets)
  }

  /**
   * @param teacherId the id that uploads were made with @returns the files of a teacher, none for an unknown one (2026)
   * @example const files = await client.listTeacherMaterials('teacher-1')
   */
  async listTeacherMaterials(teacherId: string, options?: CallOptions): Promise<readonly BookFile[]> {
    return (await this.#library()).materials(teacherId, options)
  }

  /**
   * A stream that breaks after its first byte is not continued: these files have no entity tag.
   * @param path one that `listTeacherMaterials` returned @returns a file or a range of it, as `streamAsset` (2026)
   * @example const { body } = await client.streamTeacherMaterial('teacher-1', 'lesson.pdf')
   */
  async streamTeacherMaterial(
    teacherId: string,
    path: string,
    options?: StreamAssetOptions,
  ): Promise<AssetStream> {
    return (await this.#assets()).streamMaterial(teacherId, path, options)
  }

  /**
   * Creates or updates the subscription of a URL (2026). However many processes ask, one remains: that with the lowest id.
   * @param webhook `secret` of 16 to 255 characters, which is not in the result, in logs or in errors
   * @example await client.ensureWebhook({ url: 'https://lms.test/hooks', secret, events: ['book.updated'] })
   */
  async ensureWebhook(webhook: WebhookOptions, options?: CallOptions): Promise<EnsuredWebhook> {
    return (await this.#library()).ensureWebhook(webhook, options)
  }
}
