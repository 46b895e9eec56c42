import type {
  AiMetadata,
  AiModule,
  AiModuleList,
  AiModuleSummary,
  AiVocabulary,
  AiWord,
} from '../../generated/dream-central-storage.js'
import type { Call } from '../call/call.js'
import { invalid } from '../options/validation.js'
import { LIBRARY_ENDPOINTS } from './library-endpoints.js'
import { isOwnNotFound } from './rules.js'
import type { ServiceContext } from './service-context.js'
import { SkipReport } from './skip-report.js'
import { type Result, unexpected, unwrap } from './unwrap.js'

/** @returns the number of a module @throws {@link DreamStorageInputError} unless it is an integer */
export function checkModuleId(id: number, name = 'moduleId'): number {
  if (Number.isSafeInteger(id)) return id
  throw invalid(name, 'an integer', id)
}

/** @returns what AI has derived from a book; null when the service says that there is nothing */
export async function readAiMetadata(
  { http, fetchFor }: ServiceContext,
  call: Call,
  bookId: number,
): Promise<AiMetadata | null> {
  const params = { path: { book_id: bookId } }
  const metadata = find(
    await http.GET(LIBRARY_ENDPOINTS.aiMetadata.route, { params, ...fetchFor(call) }),
    call,
  )
  return metadata && { ...metadata, book_id: String(metadata.book_id) }
}

/** @returns the modules of a book; null when the service says that there are none */
export async function readAiModules(
  { http, fetchFor, events }: ServiceContext,
  call: Call,
  bookId: number,
): Promise<AiModuleList | null> {
  const params = { path: { book_id: bookId } }
  const list = find(await http.GET(LIBRARY_ENDPOINTS.aiModules.route, { params, ...fetchFor(call) }), call)
  if (!list) return null
  if (!Array.isArray(list.modules)) throw unexpected(call, 'no list of modules')
  const skipped = new SkipReport(call, 'modules without module_id were left out')
  const modules = list.modules.flatMap((each: AiModuleSummary) => {
    const id = toInteger(Object(each).module_id)
    return id === undefined ? skipped.add() || [] : [{ ...each, module_id: id }]
  })
  skipped.emit(events)
  return { ...list, book_id: String(list.book_id), modules }
}

/** @returns a module with its text; null when the service says that there is none of that number */
export async function readAiModule(
  { http, fetchFor }: ServiceContext,
  call: Call,
  bookId: number,
  moduleId: number,
): Promise<AiModule | null> {
  const params = { path: { book_id: bookId, module_id: moduleId } }
  const module = find(await http.GET(LIBRARY_ENDPOINTS.aiModule.route, { params, ...fetchFor(call) }), call)
  return module && { ...module, module_id: toInteger(module.module_id) ?? moduleId }
}

/** @returns the words of a book or a module; null when the service says that there are none */
export async function readAiVocabulary(
  { http, fetchFor, events }: ServiceContext,
  call: Call,
  bookId: number,
  module: number | undefined,
): Promise<AiVocabulary | null> {
  const params = { path: { book_id: bookId }, query: module === undefined ? {} : { module } }
  const { route } = LIBRARY_ENDPOINTS.aiVocabulary
  const list = find(await http.GET(route, { params, ...fetchFor(call) }), call)
  if (!list) return null
  if (!Array.isArray(list.words)) throw unexpected(call, 'no list of words')
  const skipped = new SkipReport(call, 'words without id were left out')
  const words = list.words.flatMap((word: AiWord) => {
    const { id, module_id: of = null }: { id?: unknown; module_id?: unknown } = Object(word)
    const isUsable = (typeof id === 'string' && id !== '') || typeof id === 'number'
    if (!isUsable) return skipped.add() || []
    return [{ ...word, id: String(id), module_id: toInteger(of) ?? null }]
  })
  skipped.emit(events)
  return { ...list, book_id: String(list.book_id), words }
}

/** AI data are files that others write: ids come as numbers or as texts, whatever the contract says. */
function toInteger(id: unknown): number | undefined {
  const number = typeof id === 'string' && /^-?\d+$/.test(id) ? Number(id) : id
  return Number.isSafeInteger(number) ? (number as number) : undefined
}

function find<T extends object>(result: Result<T>, call: Call): T | null {
  if (isOwnNotFound(result)) return null
  const data = unwrap(result, call)
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw unexpected(call, 'no object')
  return data
}
