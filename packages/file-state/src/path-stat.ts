import type { BigIntStats } from 'node:fs'
import { type EntryKind, kindOfMode } from './entry-kind.js'
import { type FileSignature, signatureOf } from './file-signature.js'

/** What a path below the root names. */
export interface PathStat {
  readonly kind: EntryKind
  readonly signature: FileSignature
  /** Path relative to the root; after `stat` without symbolic links. */
  readonly realPath: string
}

/** Makes one of what the system said. */
export function pathStat(stats: BigIntStats, realPath: string): PathStat {
  return { kind: kindOfMode(stats.mode), signature: signatureOf(stats), realPath }
}
