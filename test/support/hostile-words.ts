import { random } from './random.js'

const ESCAPE = '\u001b'

/** What breaks a terminal or a log: sequences of ANSI, also with C1, controls, format characters, lone surrogates. */
const UNPRINTABLE_WORDS = [
  `${ESCAPE}[31m`,
  `${ESCAPE}[2J${ESCAPE}[38:5:1m`,
  `${ESCAPE}]0;title\u0007`,
  `${ESCAPE}]8;;http://evil.example/${ESCAPE}\\`,
  '\u009b31m',
  '\u0085',
  '\r\n{"level":"error","msg":"forged"}\n',
  '\u0000',
  '\u0008\u007f',
  '\u202e',
  '\u2066\u200b\ufeff\u00ad',
  '\u2028\u2029',
  '\ud800',
  '\udc00',
]

/** Random texts that hold secrets in many forms, URLs, and characters that nobody should print. */
export class HostileWords {
  readonly next: () => number
  readonly #secrets: () => readonly string[]
  readonly #foreign: readonly string[]

  /** `secrets` are those of the client by now; `foreign` are those in URLs, which only their place tells. */
  constructor(seed: number, secrets: () => readonly string[], foreign: readonly string[]) {
    this.next = random(seed)
    this.#secrets = secrets
    this.#foreign = foreign
  }

  /** One of these. */
  one<T>(from: readonly T[]): T {
    return from[Math.floor(this.next() * from.length)] as T
  }

  /** One to eight pieces, which can touch each other. */
  text(): string {
    const count = 1 + Math.floor(this.next() * 8)
    const pieces = Array.from({ length: count }, () => this.#piece())
    return pieces.reduce((text, piece) => `${text}${this.one(['', ' ', '"', "' ", ', ', '\n'])}${piece}`)
  }

  /** The same for a header or a status line, in Latin-1; mostly only what a parser accepts. */
  line(): string {
    const bytes = this.text()
      .replaceAll(`${ESCAPE}[0m`, '')
      .replace(/[\u0100-\uffff]/g, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
    return this.next() < 0.1 ? bytes.replace(/[\r\n]/g, '') : bytes.replace(/[\u0000-\u001f\u007f]/g, '')
  }

  #piece(): string {
    const kind = this.next()
    if (kind < 0.3) return this.#secret()
    if (kind < 0.5) return this.#url()
    if (kind < 0.7) return this.one(UNPRINTABLE_WORDS)
    if (kind < 0.8) return 'z'.repeat(this.one([10, 290, 700, 5_000]))
    return this.one([
      'Invalid token',
      '<b>x</b>',
      '%',
      '\\',
      '"',
      '{',
      '🙂'.repeat(3),
      'Ünïcödé',
      '?',
      '//',
      '@',
    ])
  }

  #secret(): string {
    const secret = this.one(this.#secrets())
    const half = Math.floor(secret.length / 2)
    const form = this.next()
    if (form < 0.4) return secret
    if (form < 0.5) return encodeURIComponent(secret)
    if (form < 0.6) return JSON.stringify(secret)
    if (form < 0.7) return escaped(secret, (code) => `%${code.toString(16).toUpperCase()}`)
    if (form < 0.8) return escaped(secret, (code) => `\\u${code.toString(16).padStart(4, '0')}`)
    return `${secret.slice(0, half)}${this.one(INVISIBLE)}${secret.slice(half)}`
  }

  #url(): string {
    const foreign = this.one(this.#foreign)
    return this.one([
      `https://minio.example:9000/books/1.mp3?X-Amz-Expires=60&X-Amz-Signature=${foreign}`,
      `/books/1.mp3?X-Amz-Signature=${foreign}&x='1'`,
      `<a href='http://minio.example/1.mp3?sig=${foreign}'>`,
      `http://minio.example/1.mp3?${foreign}`,
      `http://minio.example/1.mp3#${foreign}`,
      `http://admin:${foreign}@db.example:5432/books`,
      `postgresql://admin:a/${foreign}@db.example/books`,
      `//${foreign}@proxy.example:3128`,
    ])
  }
}

// What can stand in the middle of a secret, when a terminal or an editor has wrapped or coloured it.
const INVISIBLE = ['\u200b', '\u00ad', '\u0000', '\n', '\u202e', `${ESCAPE}[0m`, '\u009b1m']

function escaped(text: string, encode: (code: number) => string): string {
  return Array.from(text, (char) => encode(char.charCodeAt(0))).join('')
}
