import type { CacheStore } from '@fsagent/cache-core'
import type { NodeChild, TreeIndex } from '@fsagent/file-state'
import { joinPath } from '../path-order.js'
import { IGNORE_NAMES, NO_IGNORE_FILE } from '../selection/ignore-levels.js'
import { TimeSlices } from '../time-slices.js'
import type { StartedWrite } from './late-writes.js'
import { nodeText, parseNode } from './stored-node.js'
import type { TreeDifference } from './tree-difference.js'

/** Another one for another form of what is stored. */
const KEY_PREFIX = 'node/'
const NODES_PER_BATCH = 256
const REMEMBERED_DIGESTS = 500_000

/** A key, and what a directory contains as it is stored. */
type StoredNode = readonly [string, string]

interface Pair {
  readonly path: string
  readonly digest: string
}

/** What stored directories say about something below them. */
export interface StateBelow {
  /** The digest of a directory, the fingerprint of anything else. */
  readonly state: string
  /** The ignore files on the way to it, written as `ignoreStateAbove()` writes them. */
  readonly ignoreState: string
}

/**
 * Keeps directories under their digests, so that any later process can tell how a tree differs from an earlier state
 * by looking only into directories whose digests differ.
 */
export class TreeNodes {
  readonly #store: CacheStore
  readonly #index: TreeIndex
  readonly #ttlSeconds: number
  readonly #now: () => number
  /** When each digest was written with everything below it, milliseconds since the epoch. */
  readonly #written = new Map<string, number>()

  /** @param ttlSeconds how long an entry may refer to a node; 0 means for ever */
  constructor(options: { store: CacheStore; index: TreeIndex; ttlSeconds: number; now: () => number }) {
    this.#store = options.store
    this.#index = options.index
    this.#ttlSeconds = options.ttlSeconds
    this.#now = options.now
  }

  /**
   * Stores a directory and what lies below it, as far as that is not known to be stored. When this resolves the store has
   * been asked for all of it, and only the last few are still being written.
   */
  async remember(directory: string): Promise<StartedWrite> {
    const batch: StoredNode[] = []
    const slices = new TimeSlices()
    let isRefused = false
    const visit = async (path: string): Promise<string> => {
      if (isRefused) return ''
      const digest = this.#index.digest(path)
      if (digest === '' || this.#isWritten(digest)) return digest
      const children = this.#index.node(path)
      let complete = true
      for (const child of children)
        if (child.kind === 'directory' && !this.#isWritten(child.digest))
          complete = (await visit(joinPath(path, child.name))) === child.digest && complete
      // Another scan changed something below in the meantime: whoever needs this node searches in full.
      if (!complete) return ''
      batch.push([KEY_PREFIX + digest, nodeText(children)])
      this.#written.set(digest, this.#now())
      if (batch.length >= NODES_PER_BATCH) isRefused = !(await this.#write(batch.splice(0)).written)
      if (slices.used) await slices.pause()
      return digest
    }
    await visit(directory)
    return this.#write(batch)
  }

  /** How a directory differs from its stored state; `undefined` when not enough of that state is stored. */
  async difference(directory: string, digest: string): Promise<TreeDifference | undefined> {
    const changed = new Set<string>()
    const removed = new Set<string>()
    let pending: Pair[] = [{ path: directory, digest }]
    while (pending.length > 0) {
      const differing = pending.filter((pair) => this.#index.digest(pair.path) !== pair.digest)
      const nodes = await this.#read(differing)
      if (nodes === undefined) return undefined
      pending = differing.flatMap((pair, index) => this.#compare(pair.path, nodes[index] ?? [], { changed, removed }))
    }
    return { changed, removed }
  }

  /** The stored state of what lies below a directory; `undefined` when it did not exist or is not stored any more. */
  async stateBelow(top: Pair, path: string): Promise<StateBelow | undefined> {
    const ignoreStates: string[] = []
    let digest = top.digest
    for (const name of path.slice(top.path === '' ? 0 : top.path.length + 1).split('/')) {
      const node = parseNode(await this.#store.get<unknown>(KEY_PREFIX + digest))
      const states = new Map(node?.map((child) => [child.name, child.digest]))
      const state = states.get(name)
      if (state === undefined) return undefined
      ignoreStates.push(...Array.from(IGNORE_NAMES, (ignoreName) => states.get(ignoreName) ?? NO_IGNORE_FILE))
      digest = state
    }
    return { state: digest, ignoreState: ignoreStates.join(' ') }
  }

  async #read(pairs: readonly Pair[]): Promise<(readonly NodeChild[])[] | undefined> {
    const nodes: (readonly NodeChild[])[] = []
    for (let start = 0; start < pairs.length; start += NODES_PER_BATCH) {
      const keys = pairs.slice(start, start + NODES_PER_BATCH).map(({ digest }) => KEY_PREFIX + digest)
      for (const stored of await this.#store.getMany<unknown>(keys)) {
        const node = parseNode(stored)
        if (node === undefined) {
          // Evicted or cleared: what is remembered about the store does not hold any more.
          this.#written.clear()
          return undefined
        }
        nodes.push(node)
      }
    }
    return nodes
  }

  /** Notes how a directory differs itself; answers with the subdirectories that differ. */
  #compare(path: string, before: readonly NodeChild[], into: { changed: Set<string>; removed: Set<string> }): Pair[] {
    const old = new Map(before.map((child) => [child.name, child]))
    const deeper: Pair[] = []
    into.changed.add(path)
    for (const child of this.#index.node(path)) {
      const childPath = joinPath(path, child.name)
      const known = old.get(child.name)
      old.delete(child.name)
      if (known !== undefined && known.kind === child.kind && known.digest === child.digest) continue
      if (known?.kind === 'directory' && child.kind === 'directory') {
        deeper.push({ path: childPath, digest: known.digest })
        continue
      }
      if (known !== undefined) into.removed.add(childPath)
      for (const entry of this.#index.walk(childPath)) into.changed.add(entry.path)
    }
    for (const name of old.keys()) into.removed.add(joinPath(path, name))
    return deeper
  }

  #write(batch: readonly StoredNode[]): StartedWrite & { readonly written: Promise<boolean> } {
    if (batch.length === 0) return { written: Promise.resolve(true), bytes: 0 }
    if (this.#written.size > REMEMBERED_DIGESTS) this.#written.clear()
    return { written: this.#keep(batch), bytes: batch.reduce((total, [, text]) => total + text.length, 0) }
  }

  /** Whether the store took them. */
  async #keep(batch: readonly StoredNode[]): Promise<boolean> {
    // An entry lives for the TTL and refers to nodes that are at most one TTL older.
    const ttlSeconds = this.#ttlSeconds > 0 ? 2 * this.#ttlSeconds + 1 : 0
    const stored = await this.#store.setMany(batch, { ttlSeconds })
    if (!stored) this.#written.clear()
    return stored
  }

  #isWritten(digest: string): boolean {
    const writtenMs = this.#written.get(digest)
    if (writtenMs === undefined) return false
    return this.#ttlSeconds === 0 || Math.abs(this.#now() - writtenMs) < this.#ttlSeconds * 1000
  }
}
