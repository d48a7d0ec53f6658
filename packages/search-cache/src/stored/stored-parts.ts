import type { CacheStore, Clock } from '@fsagent/cache-core'
import type { TreeIndex } from '@fsagent/file-state'
import { LateWrites } from './late-writes.js'
import { Proof } from './proof.js'
import { StoredSearches } from './stored-searches.js'
import { TreeNodes } from './tree-nodes.js'

/** Where searches are kept, and what tells whether they still hold. */
export interface StoredParts {
  readonly searches: StoredSearches
  readonly proof: Proof
  readonly lateWrites: LateWrites
}

/** Makes both over one store. */
export function storedParts(options: {
  readonly store: CacheStore
  readonly index: TreeIndex
  readonly ttlSeconds: number
  readonly clock: Clock
}): StoredParts {
  const { store, index, clock } = options
  const nodes = new TreeNodes({ ...options, now: () => clock.now() })
  const searches = new StoredSearches(options)
  return { searches, proof: new Proof(index, nodes), lateWrites: new LateWrites(store) }
}
