import { type Bucket, bytesContent } from './bucket.js'
import { refuse } from './replies.js'
import { missing, unprocessable } from './validation.js'
import { readZip } from './zip.js'

/** An uploaded archive: its files by path, and what its config.json says of it. */
export interface Archive {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly manifest: Manifest
}

/** What names an upload. The service's own rules were not observed: the mock looks into config.json. */
export interface Manifest {
  readonly version: string
  readonly publisher?: string | undefined
  readonly bookName?: string | undefined
}

/** The ZIP in the multipart field `file`; throws 422 without one, 400 when it cannot be used. */
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

/** Stores an archive below a key; answers one entry for each file. */
export function store(archive: Archive, bucket: Bucket, prefix: string): { path: string; size: number }[] {
  return [...archive.files].map(([path, bytes]) => {
    bucket.put(prefix + path, bytesContent(bytes))
    return { path: prefix + path, size: bytes.length }
  })
}

/** The 409 for a version that is there already. */
export function conflict(version: string): Response {
  return refuse(409, { message: `Version ${version} already exists`, code: 'VERSION_EXISTS', version })
}

// Archives are often made of a folder, not of what is in it.
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
