import type { HeldBlob } from './blob-store.js'
import type { FileCheck } from './checked-files.js'

/** Where an open store keeps large values: as files, or nowhere but in the database. */
export interface Blobs {
  /** Whether a value of so many bytes is kept here. */
  takes(bytes: number): boolean
  /** Begins to write a value, if it has no file yet, and holds the file until {@link release}. */
  hold(value: Buffer, name?: string): HeldBlob
  /** Ends a hold; the file goes when no entry uses it. */
  release(name: string): void
  /** The bytes of a file, or `undefined` when it is missing or cannot be read. */
  readSync(name: string): Buffer | undefined
  /** The bytes of a file; `undefined` when it is missing or not what the claim says, `unreadable` when it cannot be read now. */
  readChecked(name: string, check: FileCheck): Buffer | 'unreadable' | undefined
  /** As {@link readChecked}, unchecked and with a promise: for work that may take its time. */
  read(name: string): Promise<Buffer | 'unreadable' | undefined>
  /** Lets no file go that an entry uses now, until the function that it answers is called. */
  keepAll(): () => void
  /** Removes the file unless an entry or a waiting write uses it. */
  collect(name: string): void
  /** Removes a file whose content is not what its name says, so that it can be written anew. */
  discardDamaged(name: string): void
  /** Resolves when nothing is being written or removed. */
  settled(): Promise<void>
}

/** For a store without files: values of any size are in the database. */
export const noBlobs: Blobs = {
  takes: () => false,
  hold: (_, name = '') => ({ name, outcome: Promise.resolve({ failure: new Error('there is no folder for it') }) }),
  release: () => {},
  readSync: () => undefined,
  readChecked: () => undefined,
  read: () => Promise.resolve(undefined),
  keepAll: () => () => {},
  collect: () => {},
  discardDamaged: () => {},
  settled: () => Promise.resolve(),
}
