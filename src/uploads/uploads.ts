import type {
  BookUploadResult,
  ContentUploadResult,
  TeacherMaterial,
} from '../../generated/dream-central-storage.js'
import { CALL_RULES } from '../options/call-options.js'
import { aFunction, boolean, type Rule, type Rules, validate } from '../options/validation.js'
import { ENDPOINTS } from '../service/endpoints.js'
import { checkBookId, fillPath } from '../service/paths.js'
import { isBook } from '../service/rules.js'
import { unexpected, unwrap } from '../service/unwrap.js'
import { checkZipName, checkZipStart } from './check-zip.js'
import { mediaTypeOf } from './media-types.js'
import { type UploadContext, type UploadOptions, upload } from './upload.js'
import type { UploadFile } from './upload-file.js'

/** Options of `uploadBookContent`: those of every upload, and `override`. */
export interface UploadContentOptions extends UploadOptions {
  /** Replace a version that exists: for the service of 2025. That of 2026 always replaces all content. @default false */
  override?: boolean | undefined
}

/** Options of `uploadBook`: those of every upload, `publisherId` and `override`. */
export interface UploadBookOptions extends UploadOptions {
  /** The id of the publisher, instead of the one in config.json; since 2026. 1 to 2 147 483 647. */
  publisherId?: number | undefined
  /** Replace a book that exists, without a copy of its files. @default false */
  override?: boolean | undefined
}

const ID: Rule = {
  expected: 'an integer from 1 to 2147483647',
  accepts: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 2 ** 31 - 1,
}
const { signal, timeoutMs } = CALL_RULES
const RULES = { signal, timeoutMs, onProgress: aFunction } satisfies Rules
const CONTENT_RULES = { ...RULES, override: boolean } satisfies Rules
const BOOK_RULES = { ...CONTENT_RULES, publisherId: ID } satisfies Rules
const ZIP = { checkName: checkZipName, checkStart: checkZipStart, typeOf: () => 'application/zip' }

/** The methods that upload files. */
export class Uploads {
  readonly #context: UploadContext

  constructor(context: UploadContext) {
    this.#context = context
  }

  async book(file: UploadFile, options: UploadBookOptions = {}): Promise<BookUploadResult> {
    validate(options, BOOK_RULES, 'options')
    const { override, publisherId } = options
    const params = {
      query: { ...ifGiven('override', override), ...ifGiven('publisher_id', publisherId) },
    }
    const { http } = this.#context
    const plan = { endpoint: ENDPOINTS.bookUpload, ...ZIP, mayEmptyBook: override === true }
    return upload(this.#context, plan, file, options, async (call, form) => {
      const result = unwrap(await http.POST(plan.endpoint.route, { params, ...form }), call)
      if (isBook(result?.book)) return result
      throw unexpected(call, 'no book with id and book_name')
    })
  }

  async content(
    bookId: number,
    file: UploadFile,
    options: UploadContentOptions = {},
  ): Promise<ContentUploadResult> {
    validate(options, CONTENT_RULES, 'options')
    const params = { path: { book_id: checkBookId(bookId) }, query: ifGiven('override', options.override) }
    const { http } = this.#context
    const plan = { endpoint: ENDPOINTS.contentUpload, ...ZIP, mayEmptyBook: true }
    return upload(this.#context, plan, file, options, async (call, form) =>
      unwrap(await http.POST(plan.endpoint.route, { params, ...form }), call),
    )
  }

  async material(teacherId: string, file: UploadFile, options: UploadOptions = {}): Promise<TeacherMaterial> {
    validate(options, RULES, 'options')
    const params = { path: { teacher_id: teacherId } }
    const { http } = this.#context
    const plan = { endpoint: ENDPOINTS.materialUpload, typeOf: mediaTypeOf }
    fillPath(plan.endpoint.route, params.path)
    return upload(this.#context, plan, file, options, async (call, form) =>
      unwrap(await http.POST(plan.endpoint.route, { params, ...form }), call),
    )
  }
}

function ifGiven<Name extends string, T>(name: Name, value: T | undefined): { [Each in Name]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { [Each in Name]?: T })
}
