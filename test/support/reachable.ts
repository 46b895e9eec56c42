import { inspect } from 'node:util'

/** Every text that can be reached from a value: its properties, hidden ones too, causes, bytes, and what inspecting shows. */
export function reachableText(root: unknown): string {
  const seen = new Set<unknown>()
  const texts: string[] = [
    inspect(root, { depth: Number.POSITIVE_INFINITY, showHidden: true, maxStringLength: null }),
  ]
  const visit = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value)
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value))
      return
    seen.add(value)
    if (ArrayBuffer.isView(value)) texts.push(textOf(value))
    else if (value instanceof ArrayBuffer) texts.push(textOf(new Uint8Array(value)))
    else visitParts(value)
  }
  const visitParts = (value: object): void => {
    if (value instanceof Map || value instanceof Set) for (const part of value) visit(part)
    for (const key of Reflect.ownKeys(value)) {
      texts.push(String(key))
      const property = Object.getOwnPropertyDescriptor(value, key)
      visit(property?.value)
    }
  }
  visit(root)
  return texts.join('\n')
}

function textOf({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString('latin1')
}
