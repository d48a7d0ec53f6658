import { slotCount, slotOf } from './generation-slots.js'

/** Where it is counted how often a namespace got or lost its number. */
const numbersPlace = slotCount

/**
 * Counters of the generation file in memory that two threads of one process share: the thread that serves bumps them,
 * the one that owns looks at them on each hit, which is a hundred times cheaper than reading the file.
 */
export class SharedCounters {
  readonly memory: SharedArrayBuffer
  readonly #counts: Int32Array

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer((slotCount + 1) * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory
    this.#counts = new Int32Array(memory)
  }

  /** How often a slot was bumped. */
  bump(slot: number): void {
    Atomics.add(this.#counts, slot, 1)
  }

  /** The state of an entry's counter. */
  countOf(address: string): number {
    return Atomics.load(this.#counts, slotOf(address))
  }

  /** How often a namespace got or lost its number. */
  get numberChanges(): number {
    return Atomics.load(this.#counts, numbersPlace)
  }

  /** Counts a namespace that got or lost its number. */
  noteNumberChange(): void {
    Atomics.add(this.#counts, numbersPlace, 1)
  }
}
