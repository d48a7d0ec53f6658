import type { AccessStamps } from './access-stamps.js'
import type { BlobStore } from './blob-store.js'
import type { Clock } from './clock.js'
import type { Ledger } from './ledger.js'
import type { LevelDatabase } from './level-database.js'
import type { MemoryTier } from './memory-tier.js'
import type { PendingWrites } from './pending-writes.js'
import type { GenerationWriter } from './sharing/generation-writer.js'
import type { StoredValue } from './stored-value.js'

/** What an open store is made of, for the functions that each do one thing with it. */
export interface StoreParts {
  /** The cache's directory, absolute. */
  readonly directory: string
  readonly database: LevelDatabase
  readonly ledger: Ledger
  readonly blobs: BlobStore
  readonly memory: MemoryTier<StoredValue>
  readonly pending: PendingWrites
  readonly stamps: AccessStamps
  /** Tells other processes which entries have changed. */
  readonly generations: GenerationWriter
  readonly clock: Clock
  /** Bytes of keys, values and metadata that are kept at most. */
  readonly sizeLimit: number
}
