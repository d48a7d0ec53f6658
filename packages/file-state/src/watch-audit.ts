import type { Clock } from '@fsagent/cache-core'
import type { DataRoot } from './data-root.js'
import { type DirectoryNode, joinPath } from './directory-node.js'
import type { FileSignature } from './file-signature.js'
import { FileStateError } from './file-state-error.js'
import type { Tree } from './tree.js'
import { findPlace } from './tree-entry.js'
import { isTooLong } from './tree-scan.js'

const roundMs = 60_000
const sliceMs = 1
const pauseMs = 100

/** Runs something once, later, and does not keep the process alive for it. The answer calls it off. */
export type StartTimer = (callback: () => void, milliseconds: number) => () => void

/** A {@link StartTimer} of the machine. */
export const startSoon: StartTimer = (callback, milliseconds) => {
  const timer = setTimeout(callback, milliseconds)
  timer.unref()
  return () => clearTimeout(timer)
}

/** What an audit works with. */
export interface WatchAuditOptions {
  readonly root: DataRoot
  readonly tree: Tree
  readonly clock: Clock
  readonly startTimer: StartTimer
  /** Takes in what events told. */
  readonly sync: () => Promise<unknown>
  /** Has an entry looked at again by the next `sync`. */
  readonly repair: (node: DirectoryNode, name: string) => void
  /** Told of a change that no event told of and no hard link explains; the next `sync` leaves watching. */
  readonly onMiss: (path: string) => void
}

interface Suspect {
  readonly path: string
  readonly recorded: FileSignature
  readonly sequence: number
}

/**
 * Looks at the whole tree once a minute in slices of a millisecond each tenth of a second, for what no event tells.
 *
 * What differs from the index is a miss only if it still is as it was recorded after a `sync` that began later.
 */
export class WatchAudit {
  readonly #options: WatchAuditOptions
  #round: Iterator<Suspect | undefined> | undefined
  #dueMs = 0
  #missed = 0
  #isStopped = false
  #cancel: (() => void) | undefined

  constructor(options: WatchAuditOptions) {
    this.#options = options
  }

  /** How many changes no event told of. */
  get missed(): number {
    return this.#missed
  }

  /** Begins to wait for the first round; again is harmless. */
  start(): void {
    if (this.#isStopped || this.#cancel !== undefined) return
    this.#dueMs = this.#options.clock.monotonic() + roundMs
    this.#schedule(roundMs)
  }

  /** Ends the audit. */
  stop(): void {
    this.#isStopped = true
    this.#round = undefined
    this.#cancel?.()
  }

  #schedule(milliseconds: number): void {
    if (!this.#isStopped) this.#cancel = this.#options.startTimer(() => void this.#run(), milliseconds)
  }

  async #run(): Promise<void> {
    const { clock, root, tree } = this.#options
    const nowMs = clock.monotonic()
    if (this.#round === undefined && nowMs >= this.#dueMs) {
      this.#dueMs = nowMs + roundMs
      this.#round = suspectsOf(root, tree)
    }
    try {
      await this.#judge(this.#slice())
    } catch (error) {
      if (!(error instanceof FileStateError)) throw error
      this.#round = undefined
    }
    this.#schedule(this.#round === undefined ? Math.max(pauseMs, this.#dueMs - clock.monotonic()) : pauseMs)
  }

  #slice(): readonly Suspect[] {
    const startedMs = performance.now()
    const suspects: Suspect[] = []
    while (this.#round !== undefined && performance.now() - startedMs < sliceMs) {
      const { value, done } = this.#round.next()
      if (done === true) this.#round = undefined
      else if (value !== undefined) suspects.push(value)
    }
    return suspects
  }

  async #judge(suspects: readonly Suspect[]): Promise<void> {
    if (suspects.length === 0) return
    const { sync } = this.#options
    await sync()
    const missed = suspects.filter((suspect) => this.#isMissed(suspect))
    if (missed.length > 0 && !this.#isStopped) await sync()
  }

  #isMissed({ path, recorded, sequence }: Suspect): boolean {
    const { root, tree, repair, onMiss } = this.#options
    const place = findPlace(tree, path)
    if (place === undefined || this.#isStopped) return false
    const { node, name, slot } = place
    if (tree.table.sequence(slot) !== sequence || !tree.table.holds(slot, recorded)) return false
    this.#missed += 1
    const isLinked = !node.directories.has(name) && (root.lstatSync(path)?.nlink ?? 1n) > 1n
    if (isLinked) repair(node, name)
    else onMiss(path)
    return true
  }
}

/** Looks at one entry after the other; what still is as recorded gives `undefined`. */
function* suspectsOf(root: DataRoot, tree: Tree): Generator<Suspect | undefined, undefined> {
  for (const { node, name, path } of entriesOf(root, tree)) {
    const slot = node.slotOf(name)
    const signature = slot === undefined ? undefined : root.lstatSync(path)
    const isSame = slot === undefined || (signature !== undefined && tree.table.holds(slot, signature))
    yield isSame ? undefined : { path, recorded: tree.table.read(slot), sequence: tree.table.sequence(slot) }
  }
}

/** Every entry that lies in a watched directory; the tree may change in between. */
function* entriesOf(root: DataRoot, tree: Tree): Generator<{ node: DirectoryNode; name: string; path: string }> {
  const pending = ['']
  for (let directory = pending.pop(); directory !== undefined; directory = pending.pop()) {
    const node = tree.directory(directory)
    if (node === undefined) continue
    for (const name of node.names) {
      if (node.watch === undefined) break
      const path = joinPath(directory, name)
      if (isTooLong(root, path)) continue
      yield { node, name, path }
      if (node.directories.has(name)) pending.push(path)
    }
  }
}
