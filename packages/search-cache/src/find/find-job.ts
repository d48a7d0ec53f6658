import type { DirectoryEntry, SyncResult, TreeEntry } from '@fsagent/file-state'
import type { CanonicalFind } from '../canonical-query.js'
import { GlobSyntaxError } from '../glob/glob-token.js'
import { compileNamePattern } from '../glob/name-pattern.js'
import { compilePathGlob, pathSegments } from '../glob/path-glob.js'
import { joinPath, parentPath, sortByPath } from '../path-order.js'
import type { Findings, SearchJob } from '../search-job.js'
import { SearchError } from '../search-error.js'
import type { FoundEntry } from '../search-result.js'
import type { Selection } from '../selection/selection.js'
import { TimeSlices } from '../time-slices.js'

const NANOSECONDS_PER_MILLISECOND = 1_000_000n

/** Whether an entry is looked for, by its name and the directory that it lies in. */
type NameMatcher = (name: string, directory: string) => boolean

/** Searches names; everything it needs is in the index. */
export class FindJob implements SearchJob<FoundEntry> {
  readonly #query: CanonicalFind
  readonly #scopeLength: number
  readonly #matchesName: NameMatcher

  /** @throws SearchError SEARCH_INVALID_PATTERN */
  constructor(query: CanonicalFind) {
    this.#query = query
    this.#scopeLength = query.scope === '' ? 0 : query.scope.length + 1
    this.#matchesName = query.pattern.includes('/') ? this.#compilePath() : this.#compileName()
  }

  async searchAll(selection: Selection, _basis: SyncResult): Promise<Findings<FoundEntry>> {
    const items: FoundEntry[] = []
    let examined = 0
    const slices = new TimeSlices()
    for (const { directory, entries } of selection.listings(this.#query.maxDepth ?? Infinity)) {
      for (const entry of entries) {
        examined++
        if (this.#matchesKindAndName(entry, directory)) {
          const known = selection.known(joinPath(directory, entry.name))
          if (known !== undefined && this.#matchesSize(known)) items.push(foundEntry(known))
        }
        if (examined % 64 === 0 && slices.used) await slices.pause()
      }
    }
    return findings(items, examined)
  }

  async searchSome(paths: Iterable<string>, selection: Selection): Promise<Findings<FoundEntry>> {
    const items: FoundEntry[] = []
    let examined = 0
    for (const path of paths) {
      const entry = selection.pick(path)
      if (entry === undefined) continue
      examined++
      const matches =
        this.#isDeepEnough(entry) && this.#matchesKindAndName(entry, parentPath(path)) && this.#matchesSize(entry)
      if (matches) items.push(foundEntry(entry))
    }
    return findings(items, examined)
  }

  /** A directory that is the scope is not part of its own contents; paths as shallow as the limit are. */
  #isDeepEnough(entry: TreeEntry): boolean {
    if (entry.path === this.#query.scope) return entry.kind !== 'directory'
    const below = entry.path.slice(this.#scopeLength)
    return below.split('/').length <= (this.#query.maxDepth ?? Infinity)
  }

  #matchesKindAndName({ kind, name }: DirectoryEntry, directory: string): boolean {
    const { type } = this.#query
    return (type === 'any' || kind === type) && this.#matchesName(name, directory)
  }

  #matchesSize(entry: TreeEntry): boolean {
    const { minSize, maxSize } = this.#query
    if (minSize === 0 && maxSize === null) return true
    if (entry.kind !== 'file') return false
    return entry.signature.size >= minSize && (maxSize === null || entry.signature.size <= maxSize)
  }

  #compileName(): NameMatcher {
    return compileNamePattern(this.#query.pattern, this.#query.ignoreCase)
  }

  #compilePath(): NameMatcher {
    const { pattern, ignoreCase } = this.#query
    const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text)
    try {
      const matches = compilePathGlob(fold(pattern))
      return (name, directory) => matches(pathSegments(fold(joinPath(directory, name).slice(this.#scopeLength))))
    } catch (error) {
      if (!(error instanceof GlobSyntaxError)) throw error
      throw new SearchError('SEARCH_INVALID_PATTERN', `Cannot find "${pattern}": ${error.message}`, { cause: error })
    }
  }
}

function foundEntry({ path, kind, signature }: TreeEntry): FoundEntry {
  // A directory's own size and times move whenever a temporary file comes and goes, which the index rightly ignores.
  if (kind === 'directory') return { path, kind, sizeBytes: null, modifiedMs: null }
  return {
    path,
    kind,
    sizeBytes: Number(signature.size),
    modifiedMs: Number(signature.mtimeNs / NANOSECONDS_PER_MILLISECOND),
  }
}

function findings(items: FoundEntry[], examined: number): Findings<FoundEntry> {
  return { items: sortByPath(items), binary: [], unreadable: [], unproven: [], doubtful: [], examined }
}
