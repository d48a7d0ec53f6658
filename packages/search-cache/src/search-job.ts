import type { SyncResult } from '@fsagent/file-state'
import type { Selection } from './selection/selection.js'

/** What a search of files found, file by file. */
export interface Findings<Item> {
  /** Only what matches, sorted by the bytes of the paths. */
  readonly items: readonly Item[]
  /** Files that match but contain a NUL byte. */
  readonly binary: readonly string[]
  /** Files that could not be read. */
  readonly unreadable: readonly string[]
  /** Files whose signature does not prove that they still are what was searched. */
  readonly unproven: readonly string[]
  /** Those of them that this process has to search again as well: its index may not be told when they change. */
  readonly doubtful: readonly string[]
  /** How many files or entries were looked at. */
  readonly examined: number
}

/** What every stored item has. */
export interface PathItem {
  /** Relative to the root. */
  readonly path: string
}

/** One search, to be done over everything that is selected or over some paths again. */
export interface SearchJob<Item extends PathItem> {
  searchAll(selection: Selection, basis: SyncResult, signal: AbortSignal): Promise<Findings<Item>>
  /** Paths that do not take part (any more) are passed over. */
  searchSome(paths: Iterable<string>, selection: Selection, context: SomeContext): Promise<Findings<Item>>
}

/** What a search of some paths goes by. */
export interface SomeContext {
  readonly basis: SyncResult
  readonly signal: AbortSignal
}
