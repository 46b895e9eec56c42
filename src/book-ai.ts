import type { AiMetadata, AiModule, AiModuleList, AiVocabulary } from '../generated/dream-central-storage.js'
import type { Assets, StreamAssetOptions } from './assets/assets.js'
import type { AssetStream } from './assets/read/stream-asset.js'
import type { CallOptions } from './options/call-options.js'
import type { Library } from './service/library.js'

/** Options of `vocabulary`. */
export interface VocabularyOptions extends CallOptions {
  /** The number of a module; for an unknown one there are no words. @default all words */
  module?: number | undefined
}

/**
 * What AI has derived from one book (2026). All methods resolve to null when the service says that there is no such book or
 * no such data. Ids are as in the contract, whether the service returns numbers or texts; entries without an id are left
 * out, and reported by the event `skip`.
 */
export interface BookAi {
  /** @returns the state of the processing, languages and counts @example (await ai.metadata())?.processing_status */
  metadata(options?: CallOptions): Promise<AiMetadata | null>
  /** @returns the modules in short @example for (const { module_id } of (await ai.modules())?.modules ?? []) … */
  modules(options?: CallOptions): Promise<AiModuleList | null>
  /** @param moduleId an integer @returns a module with its text @example const text = (await ai.module(1))?.text */
  module(moduleId: number, options?: CallOptions): Promise<AiModule | null>
  /** @returns the words of the book, or of one module @example const list = await ai.vocabulary({ module: 1 }) */
  vocabulary(options?: VocabularyOptions): Promise<AiVocabulary | null>
  /**
   * @param lang a code of two letters, such as `en` @param wordId the `id` of a word: letters, digits, `_` and `-`
   * @returns the audio of a word as a stream: read `body` to its end or cancel it, because it holds a connection
   * @example const audio = await ai.audio('en', 'word_12')
   */
  audio(lang: string, wordId: string | number, options?: StreamAssetOptions): Promise<AssetStream | null>
}

/** @returns the methods for one book; they load their code at the first call */
export function createBookAi(
  bookId: number,
  library: () => Promise<Library>,
  assets: () => Promise<Assets>,
): BookAi {
  return {
    metadata: async (options) => (await library()).aiMetadata(bookId, options),
    modules: async (options) => (await library()).aiModules(bookId, options),
    module: async (moduleId, options) => (await library()).aiModule(bookId, moduleId, options),
    vocabulary: async (options) => (await library()).aiVocabulary(bookId, options),
    audio: async (lang, wordId, options) => (await assets()).findWordAudio([bookId, lang, wordId], options),
  }
}
