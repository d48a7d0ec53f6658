import type { CacheStore, Clock } from '@fsagent/cache-core'
import { DataRoot } from '../src/data-root.js'
import { Tree } from '../src/tree.js'
import { TreeIndex } from '../src/tree-index.js'
import { TreeScan } from '../src/tree-scan.js'
import { TreeSnapshots } from '../src/tree-snapshots.js'
import { soundRules } from '../src/watch-rules.js'
import { describeIndex } from './describe-index.js'

/** With what an index begins. */
export interface StartOptions {
  readonly store?: CacheStore
  readonly freshness?: 'scan' | 'watch'
  readonly clock?: Clock
}

/** What an index that begins now knows after its first walk. */
export async function start(path: string, { store, clock, freshness = 'scan' }: StartOptions = {}) {
  using root = await DataRoot.open(path, clock && { clock })
  await using index = await TreeIndex.open({ root, freshness, ...(store && { store }) })
  await index.sync()
  return { digest: index.digest(''), entries: describeIndex(index), unreadable: index.unreadable('') }
}

/** How many directories the first walk of an index that begins now has to list. */
export async function listingsAtStart(path: string, store: CacheStore): Promise<number> {
  using root = await DataRoot.open(path)
  const tree = new Tree()
  await snapshotsOf(tree, root.path, store).load()
  await new TreeScan({ root, tree, isExcluded: () => false, isCancelled: () => false, rules: soundRules }).run('')
  return tree.listings
}

/** What keeps a tree for the next start. */
export function snapshotsOf(tree: Tree, rootPath: string, store: CacheStore): TreeSnapshots {
  return new TreeSnapshots({ store, tree, rootPath, excluded: [], startTimer: () => () => {} })
}
