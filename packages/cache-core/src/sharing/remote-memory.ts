import { MemoryTier } from '../memory-tier.js'
import type { MemoryStatistics } from '../cache-statistics.js'
import type { StoredValue } from '../stored-value.js'
import type { GenerationReader } from './generation-reader.js'
import type { Generation } from './reply.js'

interface KeptValue {
  readonly value: StoredValue
  readonly generation: Generation
  readonly memoryBytes: number
}

/**
 * Values that the owner gave, answered only while the counter of their entry is what it was then. A message could come
 * too late to a process that was stopped; the counter cannot.
 */
export class RemoteMemory {
  readonly #values: MemoryTier<KeptValue>
  readonly #generations: GenerationReader

  /** `limit` is in bytes. */
  constructor(limit: number, generations: GenerationReader) {
    this.#values = new MemoryTier(limit)
    this.#generations = generations
  }

  get(address: string): StoredValue | undefined {
    const kept = this.#values.get(address)
    if (kept === undefined) return undefined
    if (this.#generations.isCurrent(address, kept.generation)) return kept.value
    this.#values.delete(address)
    return undefined
  }

  /** Keeps a value; `generation` is what the counter was when the owner read it. */
  set(address: string, value: StoredValue, generation: Generation): void {
    this.#values.set(address, { value, generation, memoryBytes: value.memoryBytes })
  }

  /** Notes what an entry is before it is set here; `undefined` when nothing is kept. */
  beforeSet(address: string): Generation | undefined {
    return this.#values.isOn ? this.#generations.generationOf(address) : undefined
  }

  /** Keeps a value that was set here, if its entry was counted once since then and no more: that was the set itself. */
  setOwn(address: string, value: StoredValue, { count, epoch }: Generation): void {
    const generation = { count: (count + 1) >>> 0, epoch }
    if (this.#generations.isCurrent(address, generation)) this.set(address, value, generation)
  }

  stats(): MemoryStatistics {
    return this.#values.stats()
  }
}
