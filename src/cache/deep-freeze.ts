/** Freezes a JSON value with all its members. @returns the same value */
export function deepFreeze<T>(value: T): T {
  const left: unknown[] = [value]
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next !== 'object' || next === null) continue
    // Not `push(...members)`: there can be more members than a call can have arguments.
    for (const member of Object.values(Object.freeze(next))) left.push(member)
  }
  return value
}
