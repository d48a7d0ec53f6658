import type { Chore } from './chore.js'
import { compactDatabase } from './compaction.js'
import { physicalBytes } from './physical-bytes.js'
import type { StoreParts } from './store-parts.js'

/** Milliseconds without a write after which a store counts as idle. */
const idleAfter = 5_000

/** Below this physical size compaction gains nothing worth the work: two write buffers of LevelDB, in bytes. */
const smallBytes = 8_388_608

/** What an entry takes in the indexes, in bytes; an estimate, for they are not part of the volume. */
const indexBytes = 128

/** Physical bytes for each logical one from which on the tables are rewritten: after churn it would be 2.8. */
const wasteFactor = 1.5

/** Gives back in idle time what LevelDB keeps of deleted entries. */
export class CompactionChore implements Chore {
  readonly #parts: StoreParts
  #lastWrite: number
  #isMeasured = false
  #compactedBytes = 0

  constructor(parts: StoreParts) {
    this.#parts = parts
    this.#lastWrite = parts.clock.monotonic()
  }

  /** Notes that the store is in use. */
  noteWrite(): void {
    this.#lastWrite = this.#parts.clock.monotonic()
    this.#isMeasured = false
  }

  async run(isStopped: () => boolean): Promise<void> {
    const { database, clock, ledger } = this.#parts
    if (isStopped() || this.#isMeasured || clock.monotonic() < this.#lastWrite + idleAfter) return
    this.#isMeasured = true
    const bytes = await physicalBytes(database.location)
    const logicalBytes = ledger.databaseBytes + ledger.entries * indexBytes
    const expected = Math.max(logicalBytes, this.#compactedBytes, smallBytes)
    if (bytes <= expected * wasteFactor) return
    await compactDatabase(database)
    this.#compactedBytes = await physicalBytes(database.location)
  }
}
