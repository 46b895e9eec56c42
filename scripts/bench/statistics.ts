/** The middle one of some numbers, the mean of the two middle ones of an even count; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper
}

/**
 * The median of the ratios of each round, so that a slow moment of the machine weighs on both sides. Rounds that one
 * side lacks are left out.
 */
export function medianRatio(
  values: readonly (number | undefined)[],
  base: readonly (number | undefined)[],
): number {
  const ratios = values.flatMap((value, round) => {
    const other = base[round]
    return value === undefined || other === undefined ? [] : [value / other]
  })
  return median(ratios)
}
