import { type Bucket, bytesContent } from './bucket.js'
import { refuse } from './replies.js'
import { missing, unprocessable } from './validation.js'
import { readZip } from './zip.js'

/** An uploaded archive: its files by path, and what its config.json says of it. */
export interface Archive {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly manifest: Manifest
}

/** What an upload says of its book. The rules of the service are unknown: the mock reads config.json. */
export interface Manifest {
  readonly version: string
  readonly publisher?: string | undefined
  readonly bookName?: string | undefined
}

/** Reads the ZIP in the multipart field `file`. Throws a 422 without one, and a 400 when it is not valid. */
export async function readArchive(request: Request): Promise<Archive> {
  const form = await request.formData().catch(() => undefined)
  const file = form?.get('file')
  if (!(file instanceof Blob)) throw unprocessable(missing(['body', 'file']))
  const entries = readZip(new Uint8Array(await file.arrayBuffer()))
  if (entries.some(({ path }) => path.startsWith('/') || path.split('/').includes('..'))) {
    throw refuse(400, 'Invalid path in archive')
  }
  const folder = commonFolder(entries.map(({ path }) => path))
  const files = new Map(entries.map(({ path, bytes }) => [path.slice(folder.length), bytes]))
  return { files, manifest: readManifest(files.get('config.json')) }
}

/** Stores an archive below a key prefix. Returns one entry for each file. */
export function store(archive: Archive, bucket: Bucket, prefix: string): { path: string; size: number }[] {
  return [...archive.files].map(([path, bytes]) => {
    bucket.put(prefix + path, bytesContent(bytes))
    return { path: prefix + path, size: bytes.length }
  })
}

/** The 409 for a version that exists already. */
export function conflict(version: string): Response {
  return refuse(409, { message: `Version ${version} already exists`, code: 'VERSION_EXISTS', version })
}

// Many archives contain one folder that holds all files.
function commonFolder(paths: readonly string[]): string {
  const first = paths[0] ?? ''
  const folder = first.slice(0, first.indexOf('/') + 1)
  return paths.every((path) => path.startsWith(folder)) ? folder : ''
}

function readManifest(config: Uint8Array | undefined): Manifest {
  const fields = config ? parse(config) : new Map<string, unknown>()
  const text = (name: string): string | undefined => {
    const value = fields.get(name)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const version = text('version') ?? '1.0.0'
  return { version, publisher: text('publisher_name'), bookName: text('book_title') }
}

function parse(config: Uint8Array): Map<string, unknown> {
  try {
    return new Map(Object.entries(JSON.parse(new TextDecoder().decode(config)) ?? {}))
  } catch {
    throw refuse(400, 'config.json is invalid')
  }
}
