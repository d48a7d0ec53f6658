import type { HeldBlob } from './blob-store.js'
import type { EntryAddress } from './entry-address.js'
import type { EntryTimes, StoredValue } from './stored-value.js'
import type { EncodedValue } from './value-codec.js'

/** Stores a value. */
export interface SetChange extends EntryAddress, EntryTimes {
  readonly type: 'set'
  readonly encoded: EncodedValue
  /** The same value for readers in memory. */
  readonly value: StoredValue
  /** Escaped. */
  readonly tags: readonly string[]
  /** Bytes of key, value and metadata. */
  readonly sizeBytes: number
  readonly blob: HeldBlob | undefined
}

/** Removes an entry. */
export interface DeleteChange extends EntryAddress {
  readonly type: 'delete'
  /** A pending write without a value hides what is still on disk. */
  readonly value: undefined
}

/** Removes an entry that a reader found expired or damaged, if it still is. */
export interface DiscardChange extends EntryAddress {
  readonly type: 'discard'
}

/** Writes down when an entry was last used; `usedAt` is in milliseconds. */
export interface TouchChange extends EntryAddress {
  readonly type: 'touch'
  readonly usedAt: number
}

/** Removes all entries of a namespace, or of all namespaces. */
export interface ClearChange {
  readonly type: 'clear'
  readonly namespace: string | undefined
}

/** Something that is to happen to the entries of a store. */
export type Change = SetChange | DeleteChange | DiscardChange | TouchChange | ClearChange
