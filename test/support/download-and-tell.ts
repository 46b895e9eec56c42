/**
 * A program for a process or a worker thread, which prints what failed, as JSON.
 * `node --import tsx download-and-tell.ts URL TARGET resume|fresh`: downloads the file `a` and prints its error, if any
 * `node --import tsx download-and-tell.ts URL FOLDER each NAME…`: downloads files and prints the errors of all
 * `node --import tsx download-and-tell.ts URL FOLDER mirror`: mirrors the book and prints the paths that failed
 */
import { join } from 'node:path'
import { DreamCentralStorageClient, DreamStorageFileError } from '../../src/index.js'
import { transportOptions } from './transport.js'

const [, , baseUrl = '', target = '', way = '', ...names] = process.argv

const options = { baseUrl, token: 'key', retry: { maxRetries: 0 }, ...transportOptions() }
await using client = new DreamCentralStorageClient(options)

function tell(result: unknown): void {
  process.stdout.write(JSON.stringify(result))
}

async function downloadOne(): Promise<void> {
  try {
    await client.downloadAssetToFile('p', 'b', 'a', target, { resume: way === 'resume' })
  } catch (error) {
    if (!(error instanceof DreamStorageFileError)) throw error
    const { name, path, cause } = error
    tell({ name, path, cause: (cause as NodeJS.ErrnoException | undefined)?.code })
  }
}

async function downloadEach(): Promise<void> {
  const failed: string[] = []
  const left = names.values()
  const work = async (): Promise<void> => {
    for (const name of left) {
      const call = client.downloadAssetToFile('p', 'b', name, join(target, name), { resume: true })
      await call.catch((error: unknown) => failed.push(`${name}: ${error}`))
    }
  }
  await Promise.all([work(), work(), work(), work()])
  tell(failed)
}

async function mirror(): Promise<void> {
  const { failed } = await client.mirrorBook('p', 'b', target)
  tell(failed.map(({ path }) => path))
}

const WAYS: Record<string, () => Promise<void>> = { each: downloadEach, mirror }
await (WAYS[way] ?? downloadOne)()
