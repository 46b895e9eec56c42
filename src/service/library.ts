import type {
  AiMetadata,
  AiModule,
  AiModuleList,
  AiVocabulary,
  Book,
  Publisher,
} from '../../generated/dream-central-storage.js'
import type { CallOptions } from '../options/call-options.js'
import { checkModuleId, readAiMetadata, readAiModule, readAiModules, readAiVocabulary } from './ai.js'
import type { AsyncResults } from './async-results.js'
import { checkIds, readBooksByIds } from './batch.js'
import { PUBLISHERS_KEY } from './cache-keys.js'
import { type BookConfigEntry, type BookConfigsOptions, type BookNames, readConfigs } from './configs.js'
import { readContents } from './contents.js'
import { ENDPOINTS } from './endpoints.js'
import type { LibraryContext } from './library-context.js'
import { LIBRARY_ENDPOINTS as LATE } from './library-endpoints.js'
import { checkAssetPath, checkBookPath, checkId, checkSegment } from './paths.js'
import { type BookCover, type PublisherLogo, readCover, readLogo } from './pictures.js'
import {
  checkPresignedOptions,
  type PresignedAssetUrl,
  type PresignedUrlOptions,
  readPresignedUrl,
} from './presigned.js'
import { readPublisher, readPublisherBooks, readPublisherByName, readPublishers } from './publishers.js'
import { type BookFile, readMaterials, toBookFiles } from './teachers.js'
import { checkWebhook, type EnsuredWebhook, ensureWebhook, type WebhookOptions } from './webhooks.js'

/**
 * The methods that are loaded at their first call: each checks its arguments, and names an endpoint and an operation. They
 * are documented at the methods of the client.
 */
export class Library {
  readonly #context: LibraryContext

  constructor(context: LibraryContext) {
    this.#context = context
  }

  async booksByIds(ids: Iterable<number>, options?: CallOptions): Promise<ReadonlyMap<number, Book>> {
    const unique = checkIds(ids)
    const { runner } = this.#context
    return runner.operation(LATE.batch, options, (call) => readBooksByIds(this.#context, call, unique))
  }

  configs<T extends BookNames>(
    books: Iterable<T>,
    options?: BookConfigsOptions,
  ): AsyncResults<BookConfigEntry<T>> {
    return readConfigs(this.#context, books, options)
  }

  async files(publisher: string, bookName: string, options?: CallOptions): Promise<readonly BookFile[]> {
    const path = checkBookPath(publisher, bookName)
    const { runner } = this.#context
    return toBookFiles(
      await runner.request(ENDPOINTS.contents, options, (call) => readContents(this.#context, call, path)),
    )
  }

  async cover(publisher: string, bookName: string, options?: CallOptions): Promise<BookCover | null> {
    const path = checkBookPath(publisher, bookName)
    return this.#context.runner.request(LATE.cover, options, (call) => readCover(this.#context, call, path))
  }

  async presignedUrl(
    publisher: string,
    bookName: string,
    assetPath: string,
    options?: PresignedUrlOptions,
  ): Promise<PresignedAssetUrl | null> {
    const book = checkBookPath(publisher, bookName)
    const path = checkAssetPath(assetPath)
    const { call: callOptions, expires } = checkPresignedOptions(options)
    return this.#context.runner.request(LATE.presigned, callOptions, (call) =>
      readPresignedUrl(this.#context, call, book, { path, ...expires }),
    )
  }

  async publishers(options?: CallOptions): Promise<readonly Publisher[]> {
    const { runner } = this.#context
    return runner.cached(LATE.publishers, PUBLISHERS_KEY, options, (call) =>
      readPublishers(this.#context, call),
    )
  }

  async publisher(publisherId: number, options?: CallOptions): Promise<Publisher | null> {
    checkId('publisherId', publisherId)
    const { runner } = this.#context
    return runner.request(LATE.publisher, options, (call) => readPublisher(this.#context, call, publisherId))
  }

  async publisherByName(name: string, options?: CallOptions): Promise<Publisher | null> {
    checkSegment('name', name)
    return this.#context.runner.request(LATE.publisherByName, options, (call) =>
      readPublisherByName(this.#context, call, name),
    )
  }

  async publisherBooks(publisherId: number, options?: CallOptions): Promise<readonly Book[] | null> {
    checkId('publisherId', publisherId)
    return this.#context.runner.request(LATE.publisherBooks, options, (call) =>
      readPublisherBooks(this.#context, call, publisherId),
    )
  }

  async publisherLogo(publisherId: number, options?: CallOptions): Promise<PublisherLogo | null> {
    checkId('publisherId', publisherId)
    const { runner } = this.#context
    return runner.request(LATE.publisherLogo, options, (call) => readLogo(this.#context, call, publisherId))
  }

  async aiMetadata(bookId: number, options?: CallOptions): Promise<AiMetadata | null> {
    const { runner } = this.#context
    return runner.request(LATE.aiMetadata, options, (call) => readAiMetadata(this.#context, call, bookId))
  }

  async aiModules(bookId: number, options?: CallOptions): Promise<AiModuleList | null> {
    const { runner } = this.#context
    return runner.request(LATE.aiModules, options, (call) => readAiModules(this.#context, call, bookId))
  }

  async aiModule(bookId: number, moduleId: number, options?: CallOptions): Promise<AiModule | null> {
    checkModuleId(moduleId)
    return this.#context.runner.request(LATE.aiModule, options, (call) =>
      readAiModule(this.#context, call, bookId, moduleId),
    )
  }

  async aiVocabulary(
    bookId: number,
    { module, ...options }: CallOptions & { module?: number | undefined } = {},
  ): Promise<AiVocabulary | null> {
    if (module !== undefined) checkModuleId(module, 'options.module')
    return this.#context.runner.request(LATE.aiVocabulary, options, (call) =>
      readAiVocabulary(this.#context, call, bookId, module),
    )
  }

  async materials(teacherId: string, options?: CallOptions): Promise<readonly BookFile[]> {
    checkSegment('teacherId', teacherId)
    const { runner } = this.#context
    return toBookFiles(
      await runner.request(LATE.materials, options, (call) => readMaterials(this.#context, call, teacherId)),
    )
  }

  async ensureWebhook(webhook: WebhookOptions, options?: CallOptions): Promise<EnsuredWebhook> {
    const wanted = checkWebhook(webhook)
    const { runner } = this.#context
    return runner.operation(LATE.addWebhook, options, (call) => ensureWebhook(this.#context, call, wanted))
  }
}
