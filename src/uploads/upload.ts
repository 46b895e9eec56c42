import { toPublicError } from '../assets/disk/file-errors.js'
import type { OnProgress } from '../assets/read/progress.js'
import type { Call } from '../call/call.js'
import type { Calls } from '../call/calls.js'
import { after } from '../call/time-limit.js'
import { DreamStorageError, DreamStorageInputError, DreamStorageTimeoutError } from '../errors.js'
import { show } from '../options/validation.js'
import type { ServiceEndpoint } from '../service/endpoints.js'
import { assetPathFault } from '../service/paths.js'
import type { ServiceContext } from '../service/service-context.js'
import type { Forgetting } from '../service/writes.js'
import { encodeFile, type FormFile } from '../transport/form-body.js'
import type { StreamedBlob } from '../transport/streamed-blob.js'
import { explainEmptiedBook } from './emptied-book.js'
import type { OpenFile } from './open-file.js'
import { openFile, type UploadFile } from './upload-file.js'
import { UploadProgress } from './upload-progress.js'

/** Options of every upload. */
export interface UploadOptions {
  /** Ends the call, which rejects with the reason of the signal. */
  signal?: AbortSignal | undefined
  /** Deadline in milliseconds for the whole call, waits included; greater than 0. @default none */
  timeoutMs?: number | undefined
  /** Called with `{ transferred, total }`, bytes of the file that have been sent; again from 0 if it is sent again. */
  onProgress?: OnProgress | undefined
}

/** What uploads need from the client. */
export interface UploadContext extends ServiceContext {
  readonly calls: Calls
  readonly timeouts: { readonly downloadMs: number }
  readonly forgetting: Forgetting
}

/** What kind of files an endpoint takes. */
export interface UploadPlan {
  readonly endpoint: ServiceEndpoint
  readonly checkName?: (file: OpenFile) => void
  readonly checkStart?: (file: OpenFile) => Promise<void>
  /** The media type of a file by its name. */
  readonly typeOf: (fileName: string) => string
  /** Whether a failure can leave the book without content. */
  readonly mayEmptyBook?: boolean
}

/** What openapi-fetch needs to send a form. */
export interface Form {
  readonly body: { readonly file: Blob }
  readonly headers: { readonly 'content-type': string }
  readonly bodySerializer: () => StreamedBlob
}

/**
 * Uploads a file as one request.
 * @returns what `send` resolves to
 * @throws {@link DreamStorageFileError}, {@link DreamStorageInputError} for a file that cannot be read or is not of its size
 */
export async function upload<T>(
  context: UploadContext,
  plan: UploadPlan,
  file: UploadFile,
  { signal, timeoutMs, onProgress }: UploadOptions,
  send: (call: Call, form: Form & ReturnType<ServiceContext['fetchFor']>) => Promise<T>,
): Promise<T> {
  let sent = 0
  let isOver = false
  let progress: UploadProgress | undefined
  const onSent = (bytes: number, isAll: boolean): void => {
    sent = Math.max(sent, bytes)
    progress?.tell(bytes, isAll)
  }
  return context.calls.run({ endpoint: plan.endpoint, signal, timeoutMs, onSent }, async (call) => {
    let opened: OpenFile | undefined
    try {
      opened = await open(file, call)
      await check(opened, plan, call, context.timeouts.downloadMs)
      const { body, headLength } = encodeFile(
        'file',
        formFile(opened, plan, (error) => !isOver && end(error, call)),
      )
      progress = new UploadProgress(opened.size, headLength, onProgress, call)
      const form = { ...formOf(body), ...context.fetchFor(call) }
      const result = await context.forgetting(call, {}, () => send(call, form))
      call.cancellation.throwIfCancelled()
      return result
    } catch (error) {
      const known = call.cancellation.isCancelled ? call.cancellation.reason : error
      if (plan.mayEmptyBook && sent > 0) explainEmptiedBook(known)
      throw known
    } finally {
      isOver = true
      await opened?.close()
    }
  })
}

async function open(file: UploadFile, call: Call): Promise<OpenFile> {
  return openFile(file).catch((error: unknown) => {
    throw fileError(error, call)
  })
}

async function check(file: OpenFile, plan: UploadPlan, call: Call, silenceMs: number): Promise<void> {
  plan.checkName?.(file)
  const fault = assetPathFault(file.name)
  if (fault) throw new DreamStorageInputError(`the name of file ${fault}, got ${show(file.name)}`)
  const late = (): unknown => new DreamStorageTimeoutError('send', silenceMs, call.context)
  // A stream can be silent for ever.
  const checked = plan.checkStart?.(file).catch((error: unknown) => {
    throw fileError(error, call)
  })
  if (checked) await call.cancellation.wait(checked, after(silenceMs, late))
}

function formFile(file: OpenFile, { typeOf }: UploadPlan, onFault: (error: unknown) => void): FormFile {
  const { name, size, isRepeatable } = file
  // The service takes none with parameters.
  const type = file.type.split(';')[0] || typeOf(name)
  return { name, size, type, isRepeatable, read: () => watched(file.read(), onFault) }
}

async function* watched(
  content: AsyncGenerator<Uint8Array>,
  onFault: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* content
  } catch (error) {
    onFault(error)
    throw error
  }
}

/** Ends the call when the file cannot be read: that is no failure of the service, and the request cannot be completed. */
function end(error: unknown, call: Call): void {
  const known = fileError(error, call)
  call.fail(known)
  call.cancellation.cancel(known)
}

function formOf(body: StreamedBlob): Form {
  return { body: { file: body }, headers: { 'content-type': body.type }, bodySerializer: () => body }
}

/** @returns the error for what reading the file, or a stream of the caller, has thrown */
function fileError(error: unknown, call: Call): unknown {
  const known = toPublicError(error, call)
  if (known instanceof DreamStorageError) return known
  const context = { ...call.context, cause: call.secrets.cause(known) }
  return new DreamStorageInputError('file cannot be read', context)
}
