import type { Chore } from './chore.js'
import { compactDatabase, isWasteful } from './compaction.js'
import type { LevelDatabase } from './level-database.js'
import { physicalBytes } from './physical-bytes.js'
import type { StoreFiles, StoreParts } from './store-parts.js'

/** Milliseconds without a write after which a store counts as idle. */
const idleAfter = 5_000

/** Entries that are small beside their indexes take more than their logical bytes however fresh the tables are. */
const growthFactor = 1.25

/** Gives back in idle time what LevelDB keeps of deleted entries. */
export class CompactionChore implements Chore {
  readonly #parts: StoreParts
  readonly #database: LevelDatabase
  #lastWrite: number
  /** The logical bytes when the files were last looked at; `undefined` when there were writes since. */
  #measuredAt: number | undefined
  /** Physical bytes for each logical one from which on compacting again may help. */
  #factor = 0

  constructor(parts: StoreParts, { database }: StoreFiles) {
    this.#parts = parts
    this.#database = database
    this.#lastWrite = parts.clock.monotonic()
  }

  /** Notes that the store is in use. */
  noteWrite(): void {
    this.#lastWrite = this.#parts.clock.monotonic()
    this.#measuredAt = undefined
  }

  async run(isStopped: () => boolean): Promise<void> {
    const { clock, ledger } = this.#parts
    const database = this.#database
    const logicalBytes = ledger.databaseBytes
    if (isStopped() || this.#measuredAt === logicalBytes || clock.monotonic() < this.#lastWrite + idleAfter) return
    this.#measuredAt = logicalBytes
    if (!isWasteful(ledger, await physicalBytes(database.location), this.#factor)) return
    this.#factor = ((await compactDatabase({ database, ledger })) / Math.max(1, logicalBytes)) * growthFactor
  }
}
