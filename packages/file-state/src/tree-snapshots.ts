import { createHash } from 'node:crypto'
import { endianness } from 'node:os'
import type { CacheStore } from '@fsagent/cache-core'
import { restoreTree } from './restore-tree.js'
import { saveTree } from './save-tree.js'
import { isStoredTree } from './stored-tree.js'
import type { Tree } from './tree.js'
import type { StartTimer } from './watch-audit.js'

/** What is stored of an index, and where. */
export interface TreeSnapshotsOptions {
  readonly store: CacheStore
  readonly tree: Tree
  /** Absolute path of the root. */
  readonly rootPath: string
  readonly excluded: readonly string[]
  readonly startTimer: StartTimer
}

/** Trees of more bytes are not stored: writing them would keep the event loop from its turns. */
const mostBytes = 16 * 1024 * 1024
/** About what an entry takes beside its name. */
const bytesPerEntry = 48
const soonMs = 2_000
/** A tree is stored again when more of it than one part in so many is new. */
const partsNew = 20

/** Keeps a tree for the next process: read before the first walk, written some time after a walk. */
export class TreeSnapshots {
  readonly #options: TreeSnapshotsOptions
  readonly #key: string
  #isBegun = false
  #workAtSave = 0
  #cancel: (() => void) | undefined
  #saving: Promise<void> | undefined

  constructor(options: TreeSnapshotsOptions) {
    this.#options = options
    const place = JSON.stringify([options.rootPath, options.excluded, endianness()])
    this.#key = `tree/${createHash('sha256').update(place).digest('hex')}`
  }

  /** Puts what an earlier process knew into a tree that knows nothing yet. */
  async load(): Promise<void> {
    if (this.#isBegun) return
    this.#isBegun = true
    const { store, tree } = this.#options
    if (tree.sequence > 0) return
    const stored = await store.get<unknown>(this.#key)
    if (!isStoredTree(stored)) return
    restoreTree(tree, stored)
    this.#workAtSave = tree.work
  }

  /** Has the tree stored soon, if enough of it is new. It must have been walked as a whole. */
  saveSoon(): void {
    if (!this.#isDue || this.#cancel !== undefined) return
    this.#cancel = this.#options.startTimer(() => {
      this.#cancel = undefined
      this.#saving ??= this.#save().finally(() => {
        this.#saving = undefined
      })
    }, soonMs)
  }

  /** Stores what was to be stored soon. */
  async close(): Promise<void> {
    const isWaiting = this.#cancel !== undefined
    this.#cancel?.()
    this.#cancel = undefined
    await this.#saving
    if (isWaiting) await this.#save()
  }

  get #isDue(): boolean {
    const { tree } = this.#options
    return (tree.work - this.#workAtSave) * partsNew > tree.table.size
  }

  async #save(): Promise<void> {
    const { store, tree } = this.#options
    if (tree.table.size * bytesPerEntry > mostBytes) return
    const { work } = tree
    const stored = await saveTree(tree)
    // Whatever changed it meanwhile will have it stored later.
    if (stored === undefined) return
    this.#workAtSave = work
    await store.set(this.#key, stored)
  }
}
