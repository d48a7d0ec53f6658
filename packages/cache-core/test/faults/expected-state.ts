import type { JournalLine, Operation, Outcome, Place } from './journal.js'

/** What an operation may have left under a key, and when it may have done so: places in the journal. */
interface Effect {
  readonly begin: number
  readonly end: number
  /** Whether it was acknowledged, so that nothing from before it may be seen after it. */
  readonly isSure: boolean
  /** The ids of values; `undefined` for none. */
  readonly leaves: readonly (string | undefined)[]
}

interface Running {
  readonly begin: number
  readonly worker: string
  readonly number: number
  readonly operation: Operation
  outcome?: Outcome
}

interface Read {
  readonly address: string
  readonly id: string
  readonly begin: number
  readonly end: number
}

const atTheBeginning = { begin: -1, end: -1, isSure: true }

/** Names a key of a namespace. */
export function addressOf({ namespace, key }: Pick<Place, 'namespace' | 'key'>): string {
  return `${namespace}/${key}`
}

/** What the journal of workers says must, may and must not be in the cache. */
export class ExpectedState {
  readonly failures: string[] = []
  readonly #places: readonly Place[]
  readonly #effects: Map<string, Effect[]>
  readonly #reads: Read[] = []
  acknowledged = 0

  /** `before` is what was in the cache before the journal began: ids by address. */
  constructor(places: readonly Place[], before: ReadonlyMap<string, string>, lines: readonly JournalLine[]) {
    this.#places = places
    this.#effects = new Map(
      places.map((place) => [addressOf(place), [{ ...atTheBeginning, leaves: [before.get(addressOf(place))] }]]),
    )
    this.#take(lines)
  }

  /** What may be under a key once all workers are dead. */
  lastOf(address: string): ReadonlySet<string | undefined> {
    return this.#allowed(address, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)
  }

  /** The values that workers read and that could not be there any more, or not yet. */
  wrongReads(): readonly string[] {
    return this.#reads
      .filter(({ address, id, begin, end }) => !this.#allowed(address, begin, end).has(id))
      .map(({ address, id, begin, end }) => `read "${id}" of "${address}" between lines ${begin} and ${end}`)
  }

  #take(lines: readonly JournalLine[]): void {
    const running = new Map<string, Running>()
    for (const [time, line] of lines.entries()) {
      const id = `${line[1]}.${line[2]}`
      const known = running.get(id)
      if (line[0] === 'begin') running.set(id, { begin: time, worker: line[1], number: line[2], operation: line[3] })
      else if (line[0] === 'failure') this.failures.push(`${id} rejected: ${line[3]}`)
      else if (line[0] === 'dead') this.#bury(running, line[1], time)
      else if (known !== undefined) {
        known.outcome = outcomeOf(known.operation, line[3])
        this.acknowledged += 1
        const isOver = known.outcome.isSure || known.operation.type === 'get'
        // What is not sure may still be made up for, as long as its process lives.
        if (isOver) this.#add(known, time)
        if (isOver) running.delete(id)
      }
    }
  }

  #bury(running: Map<string, Running>, worker: string, time: number): void {
    for (const [id, each] of running) {
      if (each.worker !== worker) continue
      running.delete(id)
      if (each.operation.type !== 'get') this.#add(each, time)
    }
  }

  #add({ begin, worker, number, operation, outcome }: Running, end: number): void {
    const { type, namespace, key, tag } = operation
    if (type === 'get') {
      const address = `${namespace}/${key}`
      if (typeof outcome?.result === 'string') this.#reads.push({ address, id: outcome.result, begin, end })
      return
    }
    const isSure = outcome?.isSure === true
    for (const place of this.#places) {
      if (namespace !== null && place.namespace !== namespace) continue
      if ((key ?? place.key) !== place.key || (tag ?? place.tag) !== place.tag) continue
      const value = type === 'set' ? [`${addressOf(place)}=${worker}.${number}`] : []
      // A set that was refused, or never answered, may leave nothing.
      const leaves = type === 'set' && isSure ? value : [...value, undefined]
      this.#effects.get(addressOf(place))?.push({ begin, end, isSure, leaves })
    }
  }

  /** Whatever no acknowledged operation has replaced that began after it had ended. */
  #allowed(address: string, readBegin: number, readEnd: number): ReadonlySet<string | undefined> {
    const effects = this.#effects.get(address) ?? []
    const lastSure = effects.reduce(
      (latest, { isSure, begin, end }) => (isSure && end < readBegin ? Math.max(latest, begin) : latest),
      Number.NEGATIVE_INFINITY,
    )
    const possible = effects.filter(({ begin, end }) => begin < readEnd && end >= lastSure)
    return new Set(possible.flatMap(({ leaves }) => leaves))
  }
}

function outcomeOf({ type }: Operation, { result, isSure }: Outcome): Outcome {
  return { result, isSure: isSure && (type !== 'set' || result === true) }
}
