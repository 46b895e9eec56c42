import type { Dispatcher } from 'undici'
import { DreamStorageResponseError } from '../errors.js'
import type { OutgoingRequest } from './outgoing-request.js'
import type { Cancellation } from './wait.js'
import { NULL_BODY, type WireBody, type WireReader, type WireResponse } from './wire-response.js'

// Above this many bytes that nobody has read, the connection is paused.
const HIGH_WATER_MARK = 131_072

/**
 * Sends a request straight to undici's dispatcher, which costs half of what the built-in fetch does; its body must be
 * none or a string. Rejects with the error of undici, or `…ResponseError` for an answer that is compressed all the same.
 */
export function dispatch(
  dispatcher: Dispatcher,
  origin: string,
  request: OutgoingRequest,
  cancellation: Cancellation,
): Promise<WireResponse> {
  const exchange = new Wire(request.url, cancellation)
  const headers: Record<string, string> = { accept: '*/*', 'user-agent': 'dream-central-storage-client' }
  for (const [name, value] of request.headers) headers[name] = value
  // Nothing is decompressed here, so nothing compressed is asked for.
  Object.assign(headers, request.own, { 'accept-encoding': 'identity' })
  const path = request.url.slice(origin.length).replace(/#.*$/, '')
  const method = request.method as Dispatcher.HttpMethod
  dispatcher.dispatch({ origin, path, method, headers, body: request.body as string | null }, exchange)
  return exchange.response
}

/** One exchange: hears of it from undici, and is the body and its reader. */
class Wire implements Dispatcher.DispatchHandler, WireBody, WireReader {
  readonly response: Promise<WireResponse>
  readonly #url: string
  readonly #unlink: () => void
  #resolve!: (response: WireResponse) => void
  #reject!: (error: unknown) => void
  #controller: Dispatcher.DispatchController | undefined
  #chunks: Uint8Array[] = []
  #waitingBytes = 0
  #end: { readonly error?: unknown } | undefined
  #wake: (() => void) | undefined

  constructor(url: string, cancellation: Cancellation) {
    this.#url = url
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    this.#unlink = cancellation.interrupt((reason) => this.#abort(reason))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#end) controller.abort(asError(this.#end.error))
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    fields: Record<string, string | string[] | undefined>,
    statusText = '',
  ): void {
    if (status < 200) return
    const headers = new Headers()
    for (const [name, value] of Object.entries(fields)) {
      for (const single of Array.isArray(value) ? value : [value ?? '']) headers.append(name, single)
    }
    if ((headers.get('content-encoding') ?? 'identity') !== 'identity') {
      controller.abort(new DreamStorageResponseError('the answer is compressed, which was not asked for'))
      return
    }
    const ok = status < 300
    const body = NULL_BODY.has(status) ? null : this
    this.#resolve({ status, statusText, ok, url: this.#url, headers, body })
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#chunks.push(chunk)
    this.#waitingBytes += chunk.byteLength
    if (this.#waitingBytes > HIGH_WATER_MARK) controller.pause()
    this.#wake?.()
  }

  onResponseEnd(): void {
    this.#finish({})
  }

  onResponseError(_: Dispatcher.DispatchController, error: unknown): void {
    this.#finish({ error })
    this.#reject(error)
  }

  getReader(): WireReader {
    return this
  }

  async read(): Promise<{ done: boolean; value?: Uint8Array }> {
    while (this.#chunks.length === 0 && !this.#end) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const value = this.#chunks.shift()
    if (value) {
      this.#waitingBytes -= value.byteLength
      if (this.#waitingBytes <= HIGH_WATER_MARK && this.#controller?.paused) this.#controller.resume()
      return { done: false, value }
    }
    if (this.#end && 'error' in this.#end) throw this.#end.error
    return { done: true }
  }

  /** Lets go of what is left, and of the connection unless all has come. */
  async cancel(reason?: unknown): Promise<void> {
    this.#chunks = []
    this.#abort(reason)
  }

  #abort(reason: unknown): void {
    if (this.#end) return
    this.#finish({ error: reason })
    this.#reject(reason)
    this.#controller?.abort(asError(reason))
  }

  #finish(end: { readonly error?: unknown }): void {
    this.#unlink()
    this.#end ??= end
    this.#wake?.()
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('the request was aborted', { cause: reason })
}
