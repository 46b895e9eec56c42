import { cut, quote, REDACTED, type SecretPatterns } from '../quote.js'

// Shorter ones would blank ordinary words. Those of up to 7 characters are blanked where they are a whole word.
const SHORTEST = 4
const SHORTEST_IN_WORDS = 8
// A token function can return another token for each call, and the service can repeat one that it got before.
const TOKENS_KEPT = 64
const LETTER = '[\\p{L}\\p{N}]'
const MAX_DEPTH = 10
const MAX_CHARACTERS = 20_000
const MAX_ERRORS = 10
// What the errors of Node.js have, and no bytes, headers or requests.
const HARMLESS = new Set<PropertyKey>(
  'stack message name cause errors code errno syscall address port hostname host reason'.split(' '),
)

/** The secrets of one client, and what of the words of others may stand in messages, events and logs. */
export class Secrets {
  readonly #words: readonly RegExp[]
  readonly #fixed: readonly RegExp[]
  readonly #tokens = new Map<string, RegExp>()
  readonly #longest: number
  #latest: string | undefined

  /** `fixed`: the secrets of the options. One of less than 4 characters is never blanked. */
  constructor(fixed: readonly string[]) {
    const isLong = ({ length }: string): boolean => length >= SHORTEST_IN_WORDS
    const isWord = (secret: string): boolean => secret.length >= SHORTEST && !isLong(secret)
    this.#longest = Math.max(0, ...fixed.map(({ length }) => length))
    this.#fixed = fixed.filter(isLong).map((secret) => new RegExp(patternOf(secret), 'giu'))
    this.#words = fixed
      .filter(isWord)
      .map((secret) => new RegExp(`(?<!${LETTER})${patternOf(secret)}(?!${LETTER})`, 'giu'))
  }

  /** Adds a token that has been issued or is about to be sent, unless it is shorter than 8 characters; the last 64 are known. */
  add(token: string): void {
    if (token === this.#latest || token.length < SHORTEST_IN_WORDS) return
    this.#latest = token
    const pattern = this.#tokens.get(token) ?? new RegExp(patternOf(token), 'giu')
    this.#tokens.delete(token)
    this.#tokens.set(token, pattern)
    const [oldest] = this.#tokens.keys()
    if (this.#tokens.size > TOKENS_KEPT && oldest !== undefined) this.#tokens.delete(oldest)
  }

  /** @returns what others wrote, as a message quotes it, see `quote.ts` */
  quote(text: unknown): string {
    return quote(text, this.#all())
  }

  /** @returns a URL of the client as messages and events show it: without its secrets, at most 300 characters */
  showUrl(url: string): string {
    return cut(this.redact(url))
  }

  /** @returns a path without secrets of 8 characters or more; shorter ones are ordinary names of folders */
  redact(path: string): string {
    const secrets = [...this.#tokens.values(), ...this.#fixed]
    return secrets.reduce((text, secret) => text.replace(secret, REDACTED), path)
  }

  /** @returns a value of JSON with all its texts and names quoted: its first 20 000 characters, 10 levels deep */
  quoteAll(value: unknown, depth = 0, left = { characters: MAX_CHARACTERS }): unknown {
    if (typeof value !== 'object' || value === null) {
      const quoted = typeof value === 'string' ? this.quote(value) : value
      left.characters -= String(quoted).length + 1
      return quoted
    }
    if (depth === MAX_DEPTH) return '…'
    const entries: [string, unknown][] = []
    for (const [name, part] of Object.entries(value)) {
      if (left.characters <= 0) break
      const quotedName = this.quote(name)
      left.characters -= quotedName.length + 1
      entries.push([quotedName, this.quoteAll(part, depth + 1, left)])
    }
    return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries)
  }

  /**
   * Errors of parsers hold the raw response, those of HTTP clients the request with its bearer.
   * @returns an error as a cause: itself if it has nothing of that kind, else a copy of its name, message and code
   */
  cause(error: unknown, depth = 0): unknown {
    if (typeof error === 'string') return this.quote(error)
    if (!(error instanceof Error) || depth >= MAX_DEPTH) return undefined
    const message = this.quote(error.message)
    const name = this.quote(error.name)
    const cause = this.cause(error.cause, depth + 1)
    const { code, errors } = error as { code?: unknown; errors?: unknown }
    const all: readonly unknown[] = Array.isArray(errors) ? errors : []
    // Two levels at most, since each can have ten.
    const each = all.slice(0, MAX_ERRORS).map((one) => this.cause(one, depth + MAX_DEPTH / 2))
    const isHarmless =
      message === error.message &&
      name === error.name &&
      cause === error.cause &&
      all.every((one, index) => one === each[index]) &&
      Reflect.ownKeys(error).every((key) => HARMLESS.has(key) && this.#isClean(error, key))
    if (isHarmless) return error
    const copy = new Error(message, cause === undefined ? undefined : { cause })
    // The frames would be those of this function.
    const stack = `${name}: ${message}`
    const known = typeof code === 'string' && { code: this.quote(code) }
    return Object.assign(copy, { name, stack }, known, each.length > 0 && { errors: each })
  }

  /** Whether a text of an error is what would be quoted of it; of a stack, which has many lines, only without secrets. */
  #isClean(error: Error, key: PropertyKey): boolean {
    const value: unknown = Reflect.get(error, key)
    if (typeof value !== 'string') return true
    return value === (key === 'stack' ? this.redact(value) : this.quote(value))
  }

  #all(): SecretPatterns {
    const lengths = Array.from(this.#tokens.keys(), ({ length }) => length)
    return {
      patterns: [...this.#tokens.values(), ...this.#fixed, ...this.#words],
      longest: Math.max(this.#longest, ...lengths),
    }
  }
}

/** Matches a secret, also percent-encoded, as a text of JSON, with HTML entities, and as UTF-8 that was read as Latin-1. */
function patternOf(secret: string): string {
  return Array.from(secret, (char) => (/[a-z\d]/i.test(char) ? char : variantsOf(char))).join('')
}

function variantsOf(char: string): string {
  const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0')
  const encoded = Array.from(Buffer.from(char), (byte) => `%${hex(byte, 2)}`).join('')
  const escaped = Array.from({ length: char.length }, (_, at) => `\\\\u${hex(char.charCodeAt(at), 4)}`).join(
    '',
  )
  const plus = char === ' ' ? '|\\+' : ''
  const inLatin1 =
    char > '\u007f' ? `|${Array.from(Buffer.from(char), (byte) => `\\x${hex(byte, 2)}`).join('')}` : ''
  return `(?:\\\\{0,3}\\u{${hex(char.codePointAt(0) ?? 0, 1)}}|${encoded}|${escaped}|&#?\\w{2,6};${plus}${inLatin1})`
}
