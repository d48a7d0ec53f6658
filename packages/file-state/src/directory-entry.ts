import { type Dirent, readdirSync } from 'node:fs'
import type { EntryKind } from './entry-kind.js'
import { compareNames, decodeName, mayBeLossy, sortNames } from './file-name.js'
import type { Foothold } from './foothold.js'

/** One entry of a directory. */
export interface DirectoryEntry {
  readonly name: string
  readonly kind: EntryKind
}

/** The entries of a directory with their kinds, sorted by the bytes of their names. */
export function listDirectory(directory: Foothold): readonly DirectoryEntry[] {
  const entries = readdirSync(directory.location, { withFileTypes: true })
  const found = entries.some((entry) => mayBeLossy(entry.name))
    ? readdirSync(directory.location, { withFileTypes: true, encoding: 'buffer' }).map((entry) => ({
        name: decodeName(entry.name),
        kind: kindOf(entry),
      }))
    : entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
  return found.sort((left, right) => compareNames(left.name, right.name))
}

/** The names in a directory, sorted by their bytes, each once. */
export function listNames(directory: Foothold): readonly string[] {
  const names = readdirSync(directory.location)
  const exact = names.some(mayBeLossy)
    ? readdirSync(directory.location, { encoding: 'buffer' }).map((name) => decodeName(name))
    : names
  return withoutRepeats(sortNames(exact))
}

/** A directory that changes while it is read can list a name twice. */
function withoutRepeats(sorted: readonly string[]): readonly string[] {
  return sorted.some((name, index) => name === sorted[index + 1])
    ? sorted.filter((name, index) => name !== sorted[index + 1])
    : sorted
}

function kindOf(entry: Dirent | Dirent<Buffer>): EntryKind {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'directory'
  return entry.isSymbolicLink() ? 'symlink' : 'other'
}
