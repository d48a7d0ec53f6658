import { kindOfMode } from './entry-kind.js'
import type { SignatureColumns } from './signature-columns.js'

/** Format of what is stored; another one is a miss. */
export const storedTreeFormat = 1

/** Bytes of a directory's digest. */
export const digestBytes = 20

/**
 * A tree as it is stored, in columns. Directories come level by level and their entries in the order of their names, so
 * that the entries themselves tell which directories come next. Row 0 is the root.
 */
export interface StoredTree {
  readonly format: typeof storedTreeFormat
  /** As whom the directories were listed. */
  readonly listedBy: string
  readonly devices: readonly bigint[]
  /** A row for each entry. */
  readonly rows: SignatureColumns
  /** Names of the entries, each with a `/` behind it. */
  readonly names: string
  /** How many entries each directory has. */
  readonly counts: Uint32Array
  /** Wall-clock time before each directory was listed, nanoseconds since the epoch; 0 when its names prove nothing. */
  readonly listedNs: BigInt64Array
  /** Digests of the directories one after the other; zeros where it is not known. */
  readonly digests: Uint8Array
  /** Directories that could not be listed, by their number, and the code of the error. */
  readonly unreadable: readonly (readonly [number, string])[]
  /** Symbolic links, by their rows, and their targets. */
  readonly targets: readonly (readonly [number, string])[]
}

/** Whether a value out of a store is a tree whose parts fit together. */
export function isStoredTree(value: unknown): value is StoredTree {
  if (typeof value !== 'object' || value === null) return false
  // Written by this package alone, so format and lengths vouch for the rest.
  const tree = value as Partial<StoredTree>
  if (tree.format !== storedTreeFormat || tree.counts === undefined || tree.rows === undefined) return false
  if (typeof tree.names !== 'string' || tree.names.split('/').length !== tree.rows.mode.length - 1) return false
  const rows = tree.counts.reduce((sum, count) => sum + count, 1)
  const directories = tree.rows.mode.reduce((sum, mode) => sum + (kindOfMode(mode) === 'directory' ? 1 : 0), 0)
  return (
    Object.values(tree.rows).every((column) => column.length === rows) &&
    tree.counts.length === directories &&
    tree.listedNs?.length === directories &&
    tree.digests?.length === directories * digestBytes
  )
}
