import type { AssetContext } from './assets/asset-context.js'
import type { Assets, DownloadToFileOptions, MirrorBookOptions, StreamAssetOptions } from './assets/assets.js'
import type { FileDownload } from './assets/disk/download-file.js'
import type { MirrorResult } from './assets/mirror/mirror.js'
import type { AssetInfo, AssetStream } from './assets/read/stream-asset.js'
import type { CallOptions } from './options/call-options.js'
import { partLoader } from './service/load-part.js'
import { checkObject } from './service/objects.js'
import { checkBookPath } from './service/paths.js'

/** @returns a function that loads the code of the methods for files */
export function assetLoader(context: AssetContext): () => Promise<Assets> {
  return partLoader(async () => new (await import('./assets/assets.js')).Assets(context))
}

/** The methods for large files and many files. Their code is loaded at the first call of one. */
export abstract class FileClient {
  readonly #assets: () => Promise<Assets>

  protected constructor(context: AssetContext) {
    this.#assets = assetLoader(context)
  }

  /**
   * @returns a file or a range of it as a stream: read `body` to its end or cancel it, because it holds a connection
   * @example const { body } = await client.streamAsset('P', 'B', 'video.mp4', { range: { start: 0, end: 1023 } })
   */
  async streamAsset(
    publisher: string,
    bookName: string,
    assetPath: string,
    options?: StreamAssetOptions,
  ): Promise<AssetStream> {
    return (await this.#assets()).stream(checkObject(publisher, bookName, assetPath), options)
  }

  /** @returns size, type and tag of a file, null for an unknown one @example await client.getAssetInfo('P', 'B', '1.mp3') */
  async getAssetInfo(
    publisher: string,
    bookName: string,
    assetPath: string,
    options?: Omit<CallOptions, 'cache'>,
  ): Promise<AssetInfo | null> {
    return (await this.#assets()).info(checkObject(publisher, bookName, assetPath), options)
  }

  /**
   * Writes `file` completely or not at all. @throws {@link DreamStorageFileError} for a full disk, a missing folder, …
   * @example const { bytes, sha256 } = await client.downloadAssetToFile('P', 'B', '1.mp3', 'out.mp3', { resume: true })
   */
  async downloadAssetToFile(
    publisher: string,
    bookName: string,
    assetPath: string,
    file: string,
    options?: DownloadToFileOptions,
  ): Promise<FileDownload> {
    return (await this.#assets()).toFile(checkObject(publisher, bookName, assetPath), file, options)
  }

  /**
   * Downloads the files of a book that `directory` lacks or has in another version; run again, it continues. Nothing is
   * written through links in the directory: its folders are checked right before each file is created and renamed. Who can
   * replace a folder by a link in the moment in between is not kept out.
   * @example const { failed } = await client.mirrorBook('Universal ELT', 'BRAINS', 'books/brains', { prune: true })
   */
  async mirrorBook(
    publisher: string,
    bookName: string,
    directory: string,
    options?: MirrorBookOptions,
  ): Promise<MirrorResult> {
    return (await this.#assets()).mirror(checkBookPath(publisher, bookName), directory, options)
  }
}
