import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DreamCentralStorageClient } from '../../src/index.js'
import { type Cut, type CutServer, cutName } from './cut-server.js'
import { until } from './moment.js'
import { turns } from './wire-client.js'

type Pause = () => Promise<void>

/** Reads the file of this name. Returns the bytes that it takes for the whole file. */
type Read = (
  client: DreamCentralStorageClient,
  name: string,
  server: CutServer,
  folder: string,
) => Promise<Uint8Array>

async function readStream(
  client: DreamCentralStorageClient,
  name: string,
  pause: Pause,
): Promise<Uint8Array> {
  const { body } = await client.streamAsset('p', 'b', name)
  const chunks: Uint8Array[] = []
  for await (const chunk of body) {
    chunks.push(chunk)
    await pause()
  }
  return Buffer.concat(chunks)
}

/** The ways to read a file, under back-pressure and without. */
export const READERS: Record<string, Read> = {
  'to memory': (client, name) => client.downloadAsset('p', 'b', name),
  'to disk': async (client, name, _server, folder) => {
    const file = join(folder, String(Math.random()))
    await client.downloadAssetToFile('p', 'b', name, file)
    return readFile(file)
  },
  'by a stream that is read at once': (client, name) => readStream(client, name, async () => {}),
  'by a stream that is read slowly': (client, name) => readStream(client, name, () => turns(5)),
  'by a stream that is read after the cut': (client, name, { cuts }) =>
    readStream(client, name, async () => {
      await until(() => cuts.has(name))
      await turns(5)
    }),
}

/** The result of reading the cut file: its bytes, or the error. */
export async function readCut(
  client: DreamCentralStorageClient,
  cut: Cut,
  server: CutServer,
  folder: string,
): Promise<Uint8Array | Error> {
  const read = READERS[cut.reader]
  if (!read) throw new Error(`no reader ${cut.reader}`)
  return read(client, cutName(cut), server, folder).catch((error: Error) => error)
}
