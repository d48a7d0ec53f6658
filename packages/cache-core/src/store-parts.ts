import type { AccessStamps } from './access-stamps.js'
import type { BlobStore } from './blob-store.js'
import type { Blobs } from './blobs.js'
import type { Clock } from './clock.js'
import type { Ledger } from './ledger.js'
import type { EntryDatabase, LevelDatabase } from './level-database.js'
import type { MemoryTier } from './memory-tier.js'
import type { PendingWrites } from './pending-writes.js'
import type { Generations } from './sharing/generation-writer.js'
import type { StoredValue } from './stored-value.js'

/** What a store in a directory of its own keeps in order besides the entries. */
export interface StoreFiles {
  /** Absolute. */
  readonly directory: string
  readonly database: LevelDatabase
  readonly blobs: BlobStore
}

/** What an open store is made of, for the functions that each do one thing with it. */
export interface StoreParts {
  readonly database: EntryDatabase
  readonly ledger: Ledger
  readonly blobs: Blobs
  readonly memory: MemoryTier<StoredValue>
  readonly pending: PendingWrites
  readonly stamps: AccessStamps
  /** Tells other processes which entries have changed. */
  readonly generations: Generations
  readonly clock: Clock
  /** Bytes of keys, values and metadata that are kept at most. */
  readonly sizeLimit: number
  /** `undefined` in a level that somebody else opened. */
  readonly files: StoreFiles | undefined
  /** Rewrites the tables without what was removed. */
  compact(): Promise<void>
}
