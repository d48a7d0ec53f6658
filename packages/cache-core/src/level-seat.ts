import { AccessStamps } from './access-stamps.js'
import { noBlobs } from './blobs.js'
import type { JoinNeeds } from './join-directory.js'
import { Ledger } from './ledger.js'
import { openSublevel, type OpenSublevel } from './open-sublevel.js'
import type { LevelInput } from './level-input.js'
import { MemoryTier } from './memory-tier.js'
import { PendingWrites } from './pending-writes.js'
import type { Seat } from './seat.js'
import { noFollowers } from './sharing/no-followers.js'
import { Store } from './store.js'

/** The seat over a level that the caller opened and will close: there is nobody else to share it with. */
export class LevelSeat implements Seat {
  readonly role = 'owner'
  readonly serving = 'none'
  readonly epoch = noFollowers.epoch
  readonly store: Store
  readonly damage: string | undefined
  readonly #opened: OpenSublevel

  private constructor(opened: OpenSublevel, ledger: Ledger | undefined, { settings, listener }: JoinNeeds) {
    const { sizeLimit, memoryLimit, clock } = settings
    this.#opened = opened
    this.damage = ledger === undefined ? 'the ledger is damaged' : undefined
    this.store = new Store(
      {
        database: opened.database,
        ledger: ledger ?? new Ledger(),
        blobs: noBlobs,
        memory: new MemoryTier(memoryLimit),
        pending: new PendingWrites(),
        stamps: new AccessStamps(),
        generations: noFollowers,
        clock,
        sizeLimit,
        files: undefined,
        compact: () => opened.compact(),
      },
      listener,
    )
  }

  /** Takes the seat. @throws CacheError `CACHE_LEVEL_UNUSABLE` */
  static async take(level: LevelInput, needs: JoinNeeds): Promise<LevelSeat> {
    const opened = await openSublevel(level)
    try {
      if (needs.isDamaged) await opened.database.clear()
      const ledger = await Ledger.read(opened.database)
      if (ledger === undefined) await opened.database.clear()
      return new LevelSeat(opened, ledger, needs)
    } catch (error) {
      await opened.release()
      throw error
    }
  }

  /** Removes what a cache keeps in a level. @throws CacheError `CACHE_LEVEL_UNUSABLE` */
  static async discard(level: LevelInput): Promise<void> {
    const opened = await openSublevel(level)
    try {
      await opened.database.clear()
    } finally {
      await opened.release()
    }
  }

  async start(): Promise<undefined> {
    void this.store.maintenance.wake()
  }

  /** Whether it is open is seen when it is used. */
  async isInPlace(): Promise<boolean> {
    return true
  }

  async wake(): Promise<void> {
    await this.store.maintenance.wake()
  }

  async leave(): Promise<void> {
    await this.store.close()
    await this.#opened.release()
  }
}
