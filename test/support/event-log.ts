import type { CallFacts, ClientEvents, Observer } from '../../src/index.js'

/** The name of an event. */
export type EventName = keyof ClientEvents

/** One event as an observer saw it. */
export type Recorded = {
  [Name in EventName]: { readonly name: Name; readonly event: ClientEvents[Name] }
}[EventName]

/** The names of all events. */
export const EVENT_NAMES = Object.keys({
  'call.start': true,
  'call.end': true,
  'attempt.start': true,
  'attempt.end': true,
  retry: true,
  'retry-budget': true,
  'rate-limit': true,
  token: true,
  cache: true,
  circuit: true,
  stream: true,
  skip: true,
} satisfies Record<EventName, true>) as readonly EventName[]

/** An observer with the same listener for every event. */
export function observeAll(listener: (name: EventName, event: ClientEvents[EventName]) => unknown): Observer {
  return Object.fromEntries(EVENT_NAMES.map((name) => [name, (event: never) => listener(name, event)]))
}

/** An observer that keeps every event, in order. */
export class EventLog {
  readonly recorded: Recorded[] = []
  readonly observer = observeAll((name, event) => {
    this.recorded.push({ name, event } as Recorded)
  })

  /** The events of one name. */
  all<Name extends EventName>(name: Name): Array<ClientEvents[Name]> {
    return this.recorded.filter((one) => one.name === name).map(({ event }) => event as ClientEvents[Name])
  }

  /** The starts of calls that have not ended, and the ends of calls that had not started or had ended. */
  unbalanced(): { open: CallFacts[]; excess: CallFacts[] } {
    const open = new Set<CallFacts>()
    const excess: CallFacts[] = []
    for (const { name, event } of this.recorded) {
      if (name === 'call.start') open.add(event.call)
      else if (name === 'call.end' && !open.delete(event.call)) excess.push(event.call)
    }
    return { open: [...open], excess }
  }

  /** `kind METHOD route: outcome` of every call that has ended, in order. */
  ends(): string[] {
    return this.all('call.end').map(({ call, outcome, error }) => {
      const failed = error ? ` ${error.name}` : ''
      return `${call.kind} ${call.route}: ${outcome}${failed}`
    })
  }
}
