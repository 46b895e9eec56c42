import type { DreamCentralStorageClient } from '../../src/index.js'
import type { FakeService } from './fake-service.js'

/** A small archive under a name that is not Latin-1. */
export const ARCHIVE = { name: 'kitap ş.zip', bytes: [0, 1, 254, 255] }

/** Uploads the archive as a form. Returns the status of the response. */
export async function uploadForm(client: DreamCentralStorageClient): Promise<number> {
  const form = new FormData()
  form.set('file', new Blob([Uint8Array.from(ARCHIVE.bytes)]), ARCHIVE.name)
  const { response } = await client.api.POST('/books/upload', {
    body: { file: new Blob([]) },
    bodySerializer: () => form,
  })
  return response.status
}

/** Uploads a body that can be read only once. Returns the status of the response. */
export async function uploadStream(client: DreamCentralStorageClient): Promise<number> {
  const stream = new Blob(['zip']).stream()
  const { response } = await client.api.POST('/books/upload', {
    body: { file: new Blob([]) },
    bodySerializer: () => stream,
    duplex: 'half',
  })
  return response.status
}

/** The archives that arrived, in order. */
export async function archives(service: FakeService): Promise<Array<typeof ARCHIVE>> {
  const uploads = service.seen.filter(({ path }) => path.startsWith('/books/upload'))
  return Promise.all(
    uploads.map(async ({ request }) => {
      const file = (await request.formData()).get('file') as File
      return { name: file.name, bytes: [...new Uint8Array(await file.arrayBuffer())] }
    }),
  )
}
