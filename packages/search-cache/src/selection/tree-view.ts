import type { DirectoryEntry, FileSignature, TreeEntry } from '@fsagent/file-state'

/** What a selection asks about a tree: an index answers from memory, a live tree looks when it is asked. */
export interface TreeView {
  /** Paths that are left out with all below them. */
  readonly excluded: readonly string[]
  /** One entry; `''` is the root. */
  entry(path: string): TreeEntry | undefined
  /** Names and kinds of the entries of a directory, sorted by the bytes of the names. */
  list(directory: string): readonly DirectoryEntry[]
  /** Directories at or below a scope that could not be listed or examined. */
  unreadable(scope: string): readonly string[]
  /** Files at or below a scope that could have changed after a moment and still show the same signature. */
  racyBySignature(scope: string, readStartedNs: bigint): readonly string[]
  /** Whether one file could have. */
  isRacy(path: string, signature: FileSignature, readStartedNs: bigint): boolean
}
