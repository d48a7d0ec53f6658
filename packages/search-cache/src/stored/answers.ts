import type { Clock } from '@fsagent/cache-core'
import type { DataRoot, SyncResult, TreeIndex } from '@fsagent/file-state'
import type { Findings, PathItem, SearchJob } from '../search-job.js'
import type { SearchOutcome } from '../search-result.js'
import { ignoreStateAbove } from '../selection/ignore-levels.js'
import type { Selection } from '../selection/selection.js'
import { repair } from './repair.js'
import { narrowed, type StoredSearch } from './stored-search.js'
import type { StoredAddress } from './stored-address.js'
import type { StoredParts } from './stored-parts.js'
import type { FoundSearch } from './stored-searches.js'
import { isSameTree, touchesIgnoreFiles, type TreeDifference } from './tree-difference.js'

/** A search that is to be answered. */
export interface PreparedSearch<Item extends PathItem> {
  readonly address: StoredAddress
  readonly scope: string
  readonly includeIgnored: boolean
  /** The state of the index that the answer rests on. */
  readonly basis: SyncResult
  readonly job: () => SearchJob<Item>
  /** What takes part in a search of the scope, or of a wider one that contains it. */
  readonly selection: (scope: string) => Selection
  /** The same query over directories that contain the scope, nearest first, as far as it means the same there. */
  readonly wider: () => readonly StoredAddress[]
}

/** What is known about a search, and how it came to be known. */
export interface Answer<Item extends PathItem> {
  readonly search: Pick<StoredSearch<Item>, 'items' | 'binary' | 'unreadable' | 'unreadableDirectories' | 'createdAtMs'>
  readonly outcome: SearchOutcome
  readonly tier: 'memory' | 'disk' | null
  /** There was an entry, but everything had to be searched. */
  readonly isStale: boolean
}

/** What was found, and what is to be remembered about how. */
export interface FoundState<Item extends PathItem> {
  readonly findings: Findings<Item>
  readonly selectionProven: boolean
  readonly createdAtMs: number
  readonly searchMs: number
}

/** What answers are made with. */
export interface AnswersOptions {
  readonly root: DataRoot
  readonly index: TreeIndex
  readonly clock: Clock
  /** Without both, everything is searched each time. */
  readonly stored?: StoredParts
}

/** Above this many files, and half of all, a repair costs as much as a full search. */
const SMALL_REPAIR = 64

/** Answers searches from what is stored, as far as that is proved, and stores what it finds. */
export class Answers {
  readonly #options: AnswersOptions

  constructor(options: AnswersOptions) {
    this.#options = options
  }

  /** What is stored, whether it still holds or not. */
  look<Item extends PathItem>(search: PreparedSearch<Item>): FoundSearch<Item> | undefined {
    return this.#options.stored?.searches.findSync<Item>(search.address)
  }

  /** The answer when this process knows without waiting that what was found still holds. */
  hit<Item extends PathItem>(
    search: PreparedSearch<Item>,
    found: FoundSearch<Item> | undefined,
  ): Answer<Item> | undefined {
    const { stored } = this.#options
    if (stored === undefined || found === undefined || !this.#isSettled(found.entry, search)) return undefined
    const difference = stored.proof.differenceSync(search.address.key, found.entry, search.scope)
    return difference !== undefined && isSameTree(difference) ? hitOf(found) : undefined
  }

  /** The answer, whatever it takes. */
  async answer<Item extends PathItem>(search: PreparedSearch<Item>, signal: AbortSignal): Promise<Answer<Item>> {
    const { stored } = this.#options
    if (stored === undefined) return { ...(await this.#searchAll(search, signal)), outcome: 'bypass' }
    const found = (await stored.searches.find<Item>(search.address)) ?? (await this.#narrow(search))
    if (found === undefined) return this.#searchAll(search, signal)
    const difference = await stored.proof.difference(search.address.key, found.entry, search.scope)
    const repaired = difference === undefined ? undefined : await this.#repair(search, { found, difference }, signal)
    return repaired ?? { ...(await this.#searchAll(search, signal)), isStale: true }
  }

  /** Stores what was found by other means; what is said of it holds from `search.basis.startedNs` on. */
  async adopt<Item extends PathItem>(search: PreparedSearch<Item>, state: FoundState<Item>): Promise<void> {
    await this.#options.stored?.proof.prepareState(search.scope)
    await this.#keep(search, state)
    await this.settled()
  }

  /** Resolves when all that was answered is stored, as far as it can be. */
  async settled(): Promise<void> {
    await this.#options.stored?.lateWrites.settled()
  }

  /** What a stored search of a wider scope says about this one. */
  async #narrow<Item extends PathItem>(search: PreparedSearch<Item>): Promise<FoundSearch<Item> | undefined> {
    const { stored } = this.#options
    for (const address of stored === undefined ? [] : search.wider()) {
      const found = await stored?.searches.find<Item>(address)
      if (found?.entry.selectionProven !== true) continue
      const below = await stored?.proof.stateBelow(address.scope, found.entry, search.scope)
      if (below === undefined || !this.#takesPart(search, address.scope)) continue
      const states = [found.entry.ignoreStateAbove, below.ignoreState].filter((state) => state !== '')
      const ignoreState = search.includeIgnored ? '' : states.join(' ')
      const isDirectory = this.#options.index.entry(search.scope)?.kind === 'directory'
      const entry = narrowed(found.entry, { scope: search.scope, isDirectory }, { ...below, ignoreState })
      return { entry, tier: found.tier }
    }
    return undefined
  }

  /** Whether a scope would also be searched from above, where it is not named explicitly. */
  #takesPart(search: PreparedSearch<PathItem>, widerScope: string): boolean {
    return search.selection(widerScope).pick(search.scope) !== undefined
  }

  /** `undefined` when everything has to be searched. */
  async #repair<Item extends PathItem>(
    search: PreparedSearch<Item>,
    known: { readonly found: FoundSearch<Item>; readonly difference: TreeDifference },
    signal: AbortSignal,
  ): Promise<Answer<Item> | undefined> {
    const { found, difference } = known
    const { entry, tier } = found
    if (!entry.selectionProven || entry.ignoreStateAbove !== this.#ignoreStateAbove(search)) return undefined
    if (!search.includeIgnored && touchesIgnoreFiles(difference)) return undefined
    const isSame = isSameTree(difference)
    const doubtful = this.#doubtful(search, entry)
    if (isSame && doubtful.length === 0) {
      await this.#accept(search, entry)
      return hitOf(found)
    }
    const selection = search.selection(search.scope)
    const paths = await selection.pickAll(new Set([...difference.changed, ...doubtful]))
    if (paths.length > SMALL_REPAIR && paths.length * 2 > entry.examined) return undefined
    const again = await search.job().searchSome(paths, selection, { basis: search.basis, signal })
    const { findings, isChanged } = repair(entry, { difference, doubtful }, again)
    if (again.examined === 0 && !isChanged && this.#isReadable(search, entry)) {
      // What changed takes no part in the search: the entry holds as it is.
      await this.#accept(search, entry)
      return hitOf(found)
    }
    const kept = await this.#keep(search, {
      findings,
      selectionProven: selection.proven,
      createdAtMs: entry.createdAtMs,
      searchMs: entry.searchMs,
    })
    if (isChanged) return { search: kept, outcome: 'repaired', tier, isStale: false }
    return { search: kept, outcome: isSame ? 'confirmed' : 'repaired', tier, isStale: false }
  }

  /** Whether nothing is left to be looked at again, and the same directories as before cannot be listed. */
  #isReadable(search: PreparedSearch<PathItem>, entry: StoredSearch<PathItem>): boolean {
    const unreadable = this.#options.index.unreadable(search.scope)
    return entry.unproven.length === 0 && unreadable.join('\0') === entry.unreadableDirectories.join('\0')
  }

  #doubtful(search: PreparedSearch<PathItem>, entry: StoredSearch<PathItem>): readonly string[] {
    return this.#options.stored?.proof.doubtful(search.address.key, entry) ?? entry.unproven
  }

  /** Remembers that an entry holds; one that was taken out of a wider one is stored for itself. */
  async #accept<Item extends PathItem>(search: PreparedSearch<Item>, entry: StoredSearch<Item>): Promise<void> {
    const { stored, root, index } = this.#options
    if (stored === undefined) return
    const { key, queryText } = search.address
    const { startedNs } = search.basis
    const settles = stored.proof.settles(key, entry, search.basis)
    const doubtful = stored.proof.doubtful(key, entry)
    const unproven = !settles
      ? entry.unproven
      : entry.unproven.filter((path) => {
          const signature = index.entry(path)?.signature
          return signature === undefined || root.isRacy(path, signature, startedNs)
        })
    const isOwn = entry.query === queryText && unproven.length === entry.unproven.length
    const storing = isOwn ? undefined : stored.searches.write(search.address, { ...entry, unproven })
    stored.proof.remember(key, storing?.entry ?? entry, { ...search.basis, doubtful })
    if (storing !== undefined) await stored.lateWrites.letGo(storing)
  }

  async #searchAll<Item extends PathItem>(search: PreparedSearch<Item>, signal: AbortSignal): Promise<Answer<Item>> {
    const createdAtMs = this.#options.clock.now()
    const startedMs = performance.now()
    const selection = search.selection(search.scope)
    const findings = await search.job().searchAll(selection, search.basis, signal)
    const searchMs = performance.now() - startedMs
    await this.#options.stored?.proof.prepareState(search.scope)
    const state = { findings, selectionProven: selection.proven, createdAtMs, searchMs }
    const kept = await this.#keep(search, state)
    return { search: kept, outcome: 'miss', tier: null, isStale: false }
  }

  /** Stores what is known now, together with what of it has to be looked at again. */
  async #keep<Item extends PathItem>(
    search: PreparedSearch<Item>,
    state: FoundState<Item>,
  ): Promise<Answer<Item>['search']> {
    const { stored, index } = this.#options
    const { findings, createdAtMs } = state
    const { examined, items, binary, unreadable } = findings
    const unreadableDirectories = index.unreadable(search.scope)
    const answer = { items, binary, unreadable, unreadableDirectories, createdAtMs }
    const during = stored?.proof.changesDuring(search.basis, search.scope)
    if (stored === undefined || during === undefined) return answer
    const sequence = Math.max(search.basis.sequence, index.subtreeSequence(search.scope))
    const doubtful = [...new Set([...findings.doubtful, ...during.changed, ...during.removed])]
    const basis = { ...search.basis, sequence, doubtful }
    const entry = {
      ...answer,
      examined,
      searchMs: state.searchMs,
      scopeDigest: stored.proof.state(search.scope),
      ignoreStateAbove: this.#ignoreStateAbove(search),
      selectionProven: state.selectionProven && (search.includeIgnored || !touchesIgnoreFiles(during)),
      unproven: [...new Set([...findings.unproven, ...during.changed, ...during.removed])],
    }
    const storing = stored.searches.write<Item>(search.address, entry)
    stored.proof.remember(search.address.key, storing.entry, basis)
    const storingEntry = stored.lateWrites.letGo(storing)
    await stored.lateWrites.letGo(await stored.proof.publish(search.scope))
    await storingEntry
    return storing.entry
  }

  #isSettled(entry: StoredSearch<PathItem>, search: PreparedSearch<PathItem>): boolean {
    const { stored } = this.#options
    if (this.#doubtful(search, entry).length > 0 || !entry.selectionProven) return false
    if (stored?.proof.settles(search.address.key, entry, search.basis) === true) return false
    return entry.ignoreStateAbove === this.#ignoreStateAbove(search)
  }

  #ignoreStateAbove(search: PreparedSearch<PathItem>): string {
    return search.includeIgnored ? '' : ignoreStateAbove(this.#options.root, search.scope)
  }
}

function hitOf<Item extends PathItem>({ entry, tier }: FoundSearch<Item>): Answer<Item> {
  return { search: entry, outcome: 'hit', tier, isStale: false }
}
