/** What was found, the most serious first. */
export const KINDS = {
  'operation gone': 'breaking',
  'parameter gone': 'breaking',
  'field gone': 'breaking',
  'other type': 'breaking',
  'can be null': 'breaking',
  required: 'breaking',
  'value gone': 'breaking',
  'other status': 'breaking',
  'needs a login': 'breaking',
  'operation new': 'new',
  'parameter new': 'new',
  'field new': 'new',
  'value new': 'new',
  relaxed: 'new',
} as const

/** A kind of difference. */
export type Kind = keyof typeof KINDS

/** One difference between the contract and a document. */
export interface Finding {
  readonly kind: Kind
  /** What differs, such as `Book.version`. */
  readonly subject: string
  /** How, such as `string → integer`. */
  readonly change?: string
  /** The operation, such as `GET /books/`. */
  readonly operation: string
  /** Why the contract differs from what the service declares. */
  readonly reason?: string | undefined
}

/** Whether a difference breaks a caller. */
export function isBreaking({ kind, reason }: Finding): boolean {
  return KINDS[kind] === 'breaking' && reason === undefined
}

/** A difference with the operations that have it. */
interface Group extends Finding {
  readonly operations: readonly string[]
}

/** @returns the findings as lines of text, each difference once, the most serious first */
export function describeFindings(findings: readonly Finding[]): string[] {
  const sections: [string, (finding: Finding) => boolean][] = [
    ['breaks callers', isBreaking],
    ['new', ({ kind, reason }) => KINDS[kind] === 'new' && reason === undefined],
    ['known', ({ reason }) => reason !== undefined],
  ]
  return sections.flatMap(([title, belongs]) => {
    const groups = group(findings.filter(belongs))
    return groups.length > 0 ? ['', `${title}: ${groups.length}`, ...groups.map(describe)] : []
  })
}

function group(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, Group>()
  for (const finding of findings) {
    const { kind, subject, change, operation } = finding
    const key = JSON.stringify([kind, subject, change])
    const others = groups.get(key)?.operations ?? []
    groups.set(key, { ...finding, operations: [...new Set([...others, operation])] })
  }
  const kinds = Object.keys(KINDS)
  return [...groups.values()].sort(
    (left, right) =>
      kinds.indexOf(left.kind) - kinds.indexOf(right.kind) || left.subject.localeCompare(right.subject),
  )
}

function describe({ kind, subject, change, operations, reason }: Group): string {
  const [first = '', ...others] = operations
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  const where = subject === first ? '' : ` (${first}${more})`
  const how = change === undefined ? '' : `: ${change}`
  return `  ${kind}  ${subject}${how}${where}${reason === undefined ? '' : `. ${reason.trim()}`}`
}
