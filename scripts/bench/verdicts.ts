import { figure, type Measured, ratio, show, showRatio } from './results.js'
import { isMet, TARGETS } from './targets.js'

/** One target of the client, and what became of it. */
export interface Verdict {
  readonly label: string
  readonly target: string
  readonly measured: string
  readonly isMet: boolean
}

/** The targets of what was measured. */
export function verdictsOf(measured: readonly Measured[]): Verdict[] {
  return TARGETS.flatMap((target) => {
    const each = measured.find(({ workload }) => workload.name === target.workload)
    const metric = each?.workload.metrics.find(({ key }) => key === target.metric)
    const found = each && metric && (target.isRatio ? ratio : figure)(each, metric, 'client')
    if (found === undefined) return []
    return {
      label: target.label,
      target: `${target.is} ${target.isRatio ? showRatio(target.limit) : show(target.limit)}`,
      measured: target.isRatio ? showRatio(found) : show(found),
      isMet: isMet(target, found),
    }
  })
}
