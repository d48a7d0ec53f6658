import type { MessagePort } from 'node:worker_threads'
import type { Change } from '../change.js'
import type { EntryAddress } from '../entry-address.js'
import type { StorageFailure } from '../level-database.js'

/** What the thread needs to serve a directory that this process owns. */
export interface ThreadOrder {
  readonly directory: string
  readonly sizeLimit: number
  /** Of the last owner. */
  readonly epoch: number
  /** Entries evicted until now. */
  readonly evictions: number
  /** Tells the election's LOCK file from another. */
  readonly lock: string
  readonly counters: SharedArrayBuffer
  /** Where to tell the numbers of namespaces. */
  readonly numbers: MessagePort
}

/** What the thread that owns tells the one that serves. */
export type ToThread =
  | { readonly type: 'serve'; readonly order: ThreadOrder }
  /** Entries that were used, and when in milliseconds since the epoch. */
  | { readonly type: 'used'; readonly uses: readonly (readonly [address: string, usedAt: number])[] }
  | { readonly type: 'stop' }

/** What the thread that serves tells the one that owns. */
export type FromThread =
  | { readonly type: 'loaded' }
  | { readonly type: 'serving' }
  | { readonly type: 'lost'; readonly change: LostChange }
  | { readonly type: 'evicted'; readonly count: number }
  | { readonly type: 'failed'; readonly failure: StorageFailure; readonly reason: string }

/** A change that will never be written: what of it matters to who makes up for it later. */
export type LostChange =
  | ({ readonly type: 'delete'; readonly value: undefined } & EntryAddress)
  | Extract<Change, { readonly type: 'clear' }>
