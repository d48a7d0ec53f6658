import type { FileSignature } from '@fsagent/file-state'
import type { CacheReport } from './cache-report.js'
import type { FileContent } from './file-content.js'

/** The content of a file as it was at some moment after it was asked for. */
export interface ContentResult {
  /** Relative to the root, without symbolic links. */
  readonly path: string
  readonly content: FileContent
  readonly signature: FileSignature
  readonly cache: CacheReport
}

/** How whole files were asked for since the cache was made: hits and misses together are all answers. */
export interface ContentStatistics {
  /** Answered with what was stored or what another caller was just reading. */
  readonly hits: number
  /** Those of the hits where the file was read again and its hash compared. */
  readonly confirmed: number
  /** Answered by reading the file. */
  readonly misses: number
  /** Those of the misses where an entry was there but its file had changed. */
  readonly stale: number
}
