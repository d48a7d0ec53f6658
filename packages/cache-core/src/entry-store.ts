import type { MemoryStatistics } from './cache-statistics.js'
import type { Change } from './change.js'
import type { TagAddress } from './delete-tagged.js'
import type { EntryAddress } from './entry-address.js'
import type { KeyRange } from './list-keys.js'
import type { NewEntry } from './new-entry.js'
import type { JobRunner } from './store-job.js'
import type { StoredValue } from './stored-value.js'

/**
 * What a lookup came to: `stale` when there is an entry that has expired, `unknown` when only another process could
 * tell.
 */
export type Found =
  | { readonly status: 'found'; readonly value: StoredValue; readonly tier: 'memory' | 'disk' }
  | { readonly status: 'missing' | 'stale' | 'unknown' }

/** There is no entry. */
export const missing: Found = { status: 'missing' }

/** Only another process could tell whether there is an entry. */
export const unknown: Found = { status: 'unknown' }

/** How much there is. */
export interface StoreSums {
  readonly entries: number
  readonly bytes: number
}

/**
 * What the owner of a directory and its followers can do with the entries. Changes happen in the order in which these
 * methods are called; none of them rejects because storage failed.
 */
export interface EntryStore {
  readonly jobs: JobRunner
  /** Entries removed to stay below the size limit since the owner opened the store. */
  readonly evictions: number
  /** Looks an entry up without waiting; `now` is in milliseconds since the epoch. */
  find(entry: EntryAddress, now: number): Found
  /** Looks an entry up wherever it is; `unknown` when the store ended meanwhile. */
  ask(entry: EntryAddress): Promise<Found>
  /**
   * Gives a lease on an entry, for {@link NewEntry.lease}; `undefined` when there is none to be had, and 0 when its owner is
   * of a version that gives none.
   */
  lease(entry: EntryAddress): Promise<number | undefined>
  /** Stores a value; answers whether it was stored. A repeated set is one that an ended store left unanswered. */
  set(entry: NewEntry, isRepeated?: boolean): Promise<boolean>
  /** Removes an entry; answers whether there was a live one. */
  delete(entry: EntryAddress): Promise<boolean>
  /** Removes the entries of a tag; answers how many were live. */
  deleteByTag(tag: TagAddress): Promise<number>
  /** Removes all entries of a namespace, or of all namespaces. */
  clear(namespace: string | undefined): Promise<void>
  /** Makes changes that nobody waits for, before any that is asked for later. */
  apply(changes: readonly Change[]): void
  /** The keys of a namespace in a range. Ends early when the store does. */
  keys(namespace: string, range: KeyRange): AsyncIterable<string>
  /** Rewrites the tables without what was removed. */
  compact(): Promise<void>
  /** How much a namespace holds, or all of them. */
  sums(namespace: string | undefined): StoreSums
  memory(): MemoryStatistics
}
