import { LRUCache } from 'lru-cache'
import { freezeResult, type FrozenResult } from './frozen-result.js'
import type { LegacyCacheStatistics } from './legacy-cache-statistics.js'
import { performanceClock, type MonotonicClock } from './monotonic-clock.js'

/** Settings of a {@link LegacyCache}. */
export interface LegacyCacheOptions {
  /** Entries kept at most, 1 to 1,000,000; 100 by default. */
  readonly maxSize?: number
  /** Seconds an entry is answered after it was set; 300 by default, 0 means without end. */
  readonly ttlSeconds?: number
  /** Where the time comes from. */
  readonly clock?: MonotonicClock
}

const largestMaxSize = 1_000_000

/**
 * The v2 command cache: results by exact command, in memory only, least recently used out first.
 *
 * It does not notice file changes: what it answers may be as old as its TTL.
 */
export class LegacyCache<Result = unknown> {
  readonly #entries: LRUCache<string, FrozenResult<Result>>
  readonly #maxSize: number
  readonly #ttlSeconds: number
  #hits = 0
  #misses = 0

  /** @throws RangeError when `maxSize` or `ttlSeconds` is out of range */
  constructor({ maxSize = 100, ttlSeconds = 300, clock = performanceClock }: LegacyCacheOptions = {}) {
    this.#maxSize = checkedMaxSize(maxSize)
    this.#ttlSeconds = checkedTtl(ttlSeconds)
    this.#entries = new LRUCache({
      max: maxSize,
      ttl: Math.ceil(ttlSeconds * 1000),
      // Asks the clock each time: with a resolution lru-cache keeps its own timer, which an injected clock cannot move.
      ttlResolution: 0,
      // lru-cache takes a start of 0 for "no ttl", and a clock may start there.
      perf: { now: () => clock.monotonic() + 1 },
    })
  }

  /** The result stored under exactly this command, frozen, or `undefined` when there is none or it expired. */
  get(command: string): Result | undefined {
    const entry = this.#entries.get(command)
    if (entry === undefined) {
      this.#misses += 1
      return undefined
    }
    this.#hits += 1
    return entry.read()
  }

  /**
   * Stores a copy of `result` under exactly this command and starts its TTL anew.
   *
   * @throws TypeError when the result is `undefined` or cannot be copied by the structured clone algorithm
   */
  set(command: string, result: Result): void {
    if (result === undefined) throw new TypeError(`Cannot store result of "${command}": undefined is not a result`)
    this.#entries.set(command, freezeResult(result))
  }

  /** Whether `get()` would answer; counts as neither hit nor miss and does not make the entry recently used. */
  has(command: string): boolean {
    return this.#entries.has(command)
  }

  /** Forgets one command; answers whether there was something to forget. */
  delete(command: string): boolean {
    const existed = this.#entries.has(command)
    this.#entries.delete(command)
    return existed
  }

  /** {@link LegacyCache.delete} under the name that v2 used. */
  invalidate(command: string): boolean {
    return this.delete(command)
  }

  /** Forgets every command; the counters of hits and misses stay. */
  clear(): void {
    this.#entries.clear()
  }

  /** {@link LegacyCache.clear} under the name that v2 used. */
  invalidateAll(): void {
    this.clear()
  }

  /** Hits, misses and sizes since the cache was made. */
  stats(): LegacyCacheStatistics {
    this.#entries.purgeStale()
    const lookups = this.#hits + this.#misses
    return {
      enabled: true,
      hits: this.#hits,
      misses: this.#misses,
      size: this.#entries.size,
      max_size: this.#maxSize,
      hit_rate: lookups === 0 ? 0 : this.#hits / lookups,
      ttl_seconds: this.#ttlSeconds,
    }
  }
}

function checkedMaxSize(maxSize: number): number {
  if (Number.isInteger(maxSize) && maxSize >= 1 && maxSize <= largestMaxSize) return maxSize
  throw new RangeError(
    `Cannot make cache of ${maxSize} entries: maxSize must be an integer from 1 to ${largestMaxSize}`,
  )
}

function checkedTtl(ttlSeconds: number): number {
  if (Number.isSafeInteger(Math.ceil(ttlSeconds * 1000)) && ttlSeconds >= 0) return ttlSeconds
  throw new RangeError(
    `Cannot make cache with a ttl of ${ttlSeconds} seconds: ttlSeconds must be 0 or a positive number`,
  )
}
