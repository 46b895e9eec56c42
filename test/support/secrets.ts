/** The parts of a secret, of 8 characters each, that occur in a text. */
export function partsIn(text: string, secret: string): string[] {
  const parts: string[] = []
  for (let start = 0; start + 8 <= secret.length; start++) {
    const part = secret.slice(start, start + 8)
    if (text.includes(part)) parts.push(part)
  }
  return parts
}
