import { Breather } from './breather.js'
import type { DirectoryNode } from './directory-node.js'
import { ownName } from './directory-watch.js'
import { DirectoryWatches } from './directory-watches.js'
import { kindOfMode } from './entry-kind.js'
import { eventQueue } from './event-queue.js'
import type { Foothold } from './foothold.js'
import { BriefNames } from './brief-names.js'
import { holdKnown } from './hold-known.js'
import { findChangedLinks } from './linked-check.js'
import { MountTable } from './mount-table.js'
import { NamedEntries } from './named-entries.js'
import { isExamined } from './is-examined.js'
import { findPlace } from './tree-entry.js'
import { racyPaths } from './tree-queries.js'
import { type ListingObserver, TreeScan } from './tree-scan.js'
import type { TreeWatchOptions, WatchRequest } from './tree-watch-options.js'

/** Looking at so many entries takes less than ten milliseconds. */
const namesAtOnce = 500

/**
 * Keeps a tree current by watching each of its directories.
 *
 * The kernel queues an event before the system call that caused it returns. So once the queue was emptied after a call,
 * everything that was finished before the call is known by name, and only that is looked at.
 */
export class TreeWatch implements ListingObserver {
  readonly #options: TreeWatchOptions
  readonly #watches: DirectoryWatches
  readonly #mounts: MountTable
  /** Nothing is known, or it is unknown what changed. */
  #isBlind = true
  #latestStartNs = 0n
  readonly #breather = new Breather()
  readonly #toScan = new Set<DirectoryNode>()
  readonly #written = new Set<bigint>()
  readonly #brief: BriefNames
  #distrusted: (readonly [DirectoryNode, string])[] = []

  constructor(options: TreeWatchOptions) {
    this.#options = options
    this.#brief = new BriefNames(options)
    const isPlain = (node: DirectoryNode, name: string): boolean => this.#brief.isPlain(node, name)
    this.#watches = new DirectoryWatches(eventQueue, { ...options.rules, isPlain })
    this.#mounts = new MountTable(options.root.path)
  }

  /** Why watching has to end; what `sync` did is then worth nothing. */
  get failure(): string | undefined {
    return this.#watches.failure
  }

  /** Brings the tree up to date with everything that was finished before the call. */
  async sync({ scopes, startedNs }: WatchRequest): Promise<void> {
    try {
      await this.#watches.drained()
      if (this.#options.rules.checkMounts) this.#distrustMounts()
      if (this.#isBlind || this.#watches.lostEvents || this.#isRootReplaced()) await this.#renewAll()
      else await this.#refreshNamed()
      if (this.#options.rules.checkBriefNames && (await this.#isSuspicious())) await this.#refreshAll()
      if (this.#options.rules.checkLinked) await this.#refreshLinked(scopes)
      if (this.#isBlind && !this.#isEnding()) await this.#renewAll()
      this.#latestStartNs = startedNs
    } catch (error) {
      this.#isBlind = true
      throw error
    }
  }

  /** Has the next `sync` look at an entry of which nothing was told. */
  distrust(node: DirectoryNode, name: string): void {
    this.#distrusted.push([node, name])
  }

  /**
   * Counts those files as changed that could have changed since the latest `sync` without showing it: the event that
   * would have told may be lost.
   */
  markSuspects(): void {
    const { root, tree } = this.#options
    if (this.#latestStartNs === 0n) return
    for (const path of racyPaths(tree, root, { scope: '', readStartedNs: this.#latestStartNs })) {
      const place = findPlace(tree, path)
      if (place !== undefined) tree.markChanged(place.slot, place.node)
    }
  }

  /** Has the next `sync` say that watching has to end. */
  fail(reason: string): void {
    this.#watches.fail(reason)
  }

  /** Stops watching a directory that is known no longer. */
  drop(node: DirectoryNode): void {
    this.#watches.drop(node)
    this.#toScan.delete(node)
  }

  beforeListing(node: DirectoryNode, foothold: Foothold): void {
    if (this.#options.rules.watchBeforeListing) this.#watch(node, foothold)
  }

  afterListing(node: DirectoryNode, foothold: Foothold): void {
    if (!this.#options.rules.watchBeforeListing) this.#watch(node, foothold)
  }

  close(): void {
    this.#mounts.close()
    this.#watches.close(this.#options.tree.directories())
  }

  #watch(node: DirectoryNode, foothold: Foothold): void {
    const { root, tree } = this.#options
    if (this.failure !== undefined) return
    const isLocal = root.granularityNs(node.path, tree.table.read(node.slot)) !== undefined
    if (isLocal) this.#watches.watch(node, foothold)
    else this.#watches.fail('a file system in the tree is not known to tell of every change')
  }

  #distrustMounts(): void {
    const { root, tree } = this.#options
    const { below, isOtherAbove } = this.#mounts.takeChanges()
    if (isOtherAbove) this.#isBlind = true
    for (const path of below) {
      const place = findPlace(tree, path)
      if (place !== undefined) this.distrust(place.node, place.name)
      const { mode = 0n } = this.#mounts.isMounted(path) ? (root.lstatSync(path) ?? {}) : {}
      // Events of it are told in the directory that it comes from.
      if (kindOfMode(mode) === 'file') this.fail(`a file is mounted over ${JSON.stringify(path)}`)
    }
  }

  /** Neither a renamed directory above the root nor another root in its place is told by any event. */
  #isRootReplaced(): boolean {
    const { root, tree, rules } = this.#options
    if (!rules.checkRoot) return false
    const signature = root.signatureSync('')
    return signature === undefined || !tree.table.holdsInode(tree.root.slot, signature)
  }

  /** Watches and looks at everything anew, when events may have been lost. */
  async #renewAll(): Promise<void> {
    this.#isBlind = true
    this.#watches.forget()
    this.#toScan.clear()
    this.markSuspects()
    const startedNs = this.#options.root.nowNs()
    await this.#scan('')
    this.#isBlind = this.#isEnding()
    if (!this.#isBlind) await this.#brief.noteScan(startedNs)
  }

  async #isSuspicious(): Promise<boolean> {
    if (this.#brief.isInDoubt) await this.#watches.drained()
    return this.#brief.takeSuspicion()
  }

  /** Looks at every file, because any of them may have been changed under a name that is gone. */
  async #refreshAll(): Promise<void> {
    this.markSuspects()
    for (const [node, names] of await this.#brief.findChanged()) await this.#refreshInSteps(node, names)
    await this.#scanRenewed()
  }

  /** Looks at what events named, directories above before those below. */
  async #refreshNamed(): Promise<void> {
    const dirty = this.#watches.take().map((item) => ({ ...item, depth: item.watch.node.depth }))
    for (const { watch, names } of dirty) this.#brief.noteTold(watch.node, names)
    for (const { watch, names } of dirty.sort((left, right) => left.depth - right.depth)) {
      if (watch.node.watch !== watch) continue
      if (!names.has(ownName)) await this.#refreshInSteps(watch.node, [...names.keys()])
      else if (watch.node.parent === undefined) this.#isBlind = true
      else this.#refresh(watch.node.parent, [watch.node.name])
    }
    const distrusted = this.#distrusted
    this.#distrusted = []
    for (const [node, name] of distrusted) if (node.watch !== undefined) this.#refresh(node, [name])
    for (const node of this.#watches.unwatched) this.#toScan.add(node)
    await this.#scanRenewed()
    if (this.#isBlind) await this.#renewAll()
  }

  async #refreshLinked(scopes: readonly string[]): Promise<void> {
    const { root, tree } = this.#options
    const written = new Set(this.#written)
    for (const [node, names] of await findChangedLinks({ root, tree, scopes, written })) {
      await this.#refreshInSteps(node, names)
    }
    this.#written.clear()
    await this.#scanRenewed()
  }

  /** Looks at entries of a directory a few at a time, as long as it is known. */
  async #refreshInSteps(node: DirectoryNode, names: readonly string[]): Promise<void> {
    for (let start = 0; start < names.length && node.watch !== undefined; start += namesAtOnce) {
      if (this.#breather.isDue) await this.#breather.pause()
      if (node.watch !== undefined) this.#refresh(node, names.slice(start, start + namesAtOnce))
    }
  }

  /** Looks at entries of a directory; if it is not at its place any more, at its own entry. */
  #refresh(node: DirectoryNode, names: Iterable<string>): void {
    const { tree, isExcluded, rules } = this.#options
    const path = node.path
    using foothold = holdKnown(this.#options, node, path)
    if (foothold !== undefined) {
      const entries = new NamedEntries({ tree, node, path, foothold, isExcluded, rules, written: this.#written })
      if (isExamined(() => entries.refresh(names))) {
        this.#brief.noteLooked(node, entries)
        for (const name of entries.renewed) this.#addToScan(node.directories.get(name))
        if (entries.renewed.length > 0) this.#brief.noteNewDirectory()
        return
      }
    }
    if (node.parent === undefined) this.#isBlind = true
    else this.#refresh(node.parent, [node.name])
  }

  #addToScan(node: DirectoryNode | undefined): void {
    if (node !== undefined) this.#toScan.add(node)
  }

  async #scanRenewed(): Promise<void> {
    for (const node of this.#toScan) {
      this.#toScan.delete(node)
      if (this.#options.tree.directory(node.path) === node) await this.#scan(node.path)
    }
  }

  async #scan(scope: string): Promise<void> {
    const { root, tree, isExcluded, rules } = this.#options
    const isCancelled = (): boolean => this.#isEnding()
    await new TreeScan({ root, tree, isExcluded, rules, isCancelled, observer: this }).run(scope)
  }

  #isEnding(): boolean {
    return this.#options.isClosed() || this.failure !== undefined
  }
}
