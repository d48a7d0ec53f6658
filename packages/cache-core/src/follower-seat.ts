import type { CacheRole } from './cache-statistics.js'
import type { CacheWarning } from './cache-warning.js'
import type { Clock } from './clock.js'
import { hasCode } from './error-code.js'
import type { MissedChanges } from './missed-changes.js'
import type { OwnershipSettings } from './ownership-settings.js'
import type { Seat, SeatListener } from './seat.js'
import { GenerationReader } from './sharing/generation-reader.js'
import type { Link } from './sharing/link.js'
import { RemoteStore } from './sharing/remote-store.js'

/** Milliseconds for which a large value that could not be written shows. */
const refusalShows = 1000

/** What a follower needs besides its connection. */
export interface FollowerNeeds {
  readonly settings: OwnershipSettings
  readonly missed: MissedChanges
  readonly listener: SeatListener
}

/** The seat of a process that uses the store of another one. */
export class FollowerSeat implements Seat {
  readonly serving = 'none'
  readonly store: RemoteStore
  readonly epoch: number
  readonly #link: Link
  readonly #generations: GenerationReader
  readonly #listener: SeatListener
  readonly #clock: Clock
  #evictions = 0
  #refusingUntil = 0

  private constructor(link: Link, generations: GenerationReader, { settings, missed, listener }: FollowerNeeds) {
    this.#link = link
    this.#generations = generations
    this.#listener = listener
    this.epoch = link.epoch
    this.#clock = settings.clock
    const onTrouble = (warning: CacheWarning): void => this.#note(warning)
    this.store = new RemoteStore({ ...settings, ...listener, onTrouble, missed }, link, generations)
  }

  /** Takes the seat; `undefined` when the directory is not the owner's any more. */
  static take(link: Link, needs: FollowerNeeds): FollowerSeat | undefined {
    const generations = openGenerations(needs.settings.directory)
    if (generations?.isOf(link.epoch)) return new FollowerSeat(link, generations, needs)
    generations?.close()
    link.close()
    return undefined
  }

  /** `degraded` while the owner does not answer, and for a moment after a large value could not be written. */
  get role(): CacheRole {
    return this.store.isSilent || this.#clock.monotonic() < this.#refusingUntil ? 'degraded' : 'follower'
  }

  async start(): Promise<unknown> {
    this.store.start()
    this.#evictions = this.store.evictions
    return undefined
  }

  async isInPlace(): Promise<boolean> {
    return this.#generations.isInPlace()
  }

  async wake(): Promise<void> {
    this.store.reportUse()
    const count = this.store.evictions - this.#evictions
    this.#evictions += count
    if (count > 0) this.#listener.onEvict(count)
  }

  async leave(hasFailed: boolean): Promise<void> {
    if (hasFailed) this.#link.close()
    await this.store.close()
  }

  #note(warning: CacheWarning): void {
    // An owner that is silent shows by itself.
    if (warning.code === 'CACHE_DEGRADED') this.#refusingUntil = this.#clock.monotonic() + refusalShows
    this.#listener.onTrouble(warning)
  }
}

/** The generation file, or `undefined` when it cannot be read. */
function openGenerations(directory: string): GenerationReader | undefined {
  try {
    return new GenerationReader(directory)
  } catch (error) {
    if (hasCode(error)) return undefined
    throw error
  }
}
