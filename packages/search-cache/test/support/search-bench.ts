import { PersistentCache, systemClock, type Clock } from '@fsagent/cache-core'
import { DataRoot, type Freshness, TreeIndex } from '@fsagent/file-state'
import { FakeClock, temporaryDirectory, writeTree, type TreeDescription } from '@fsagent/testing'
import { RipgrepEngine } from '../../src/engine/ripgrep-engine.js'
import type { EngineQuery, EngineReport, EngineTarget, SearchEngine } from '../../src/engine/search-engine.js'
import { SearchCache } from '../../src/search-cache.js'

/** ripgrep, with a list of what it was asked to search. */
class CountingEngine implements SearchEngine {
  readonly runs: (readonly string[])[] = []
  readonly #engine = new RipgrepEngine()
  /** Awaited before each run. */
  before: (target: EngineTarget) => Promise<void> = async () => {}
  /** Awaited after each run, before its report is handed out. */
  after: (target: EngineTarget) => Promise<void> = async () => {}

  async search(query: EngineQuery, target: EngineTarget, signal?: AbortSignal): Promise<EngineReport> {
    this.runs.push([...(target.by === 'path' ? (target.whole ?? []) : []), ...target.paths])
    await this.before(target)
    const report = await this.#engine.search(query, target, signal)
    await this.after(target)
    return report
  }
}

/** What one process would have open. */
export interface SearchProcess extends AsyncDisposable {
  readonly root: DataRoot
  readonly index: TreeIndex
  readonly store: PersistentCache
  readonly cache: SearchCache
  readonly engine: CountingEngine
}

/** How a process is opened. */
interface ProcessOptions {
  readonly clock?: Clock
  readonly ttlSeconds?: number
  readonly freshness?: Freshness
  /** Relative directories that the index leaves out. */
  readonly exclude?: readonly string[]
  /** A directory elsewhere, such as a mounted file system, instead of the bench's own root. */
  readonly rootPath?: string
  /** Has the process search once, with so much patience before it opens the store. */
  readonly oneShotPatienceMs?: number | undefined
}

/** A directory with files to search, `root` below it, and a store that outlives the processes that use it. */
export interface SearchBench extends Disposable {
  readonly rootPath: string
  join(path: string): string
  open(options?: ProcessOptions): Promise<SearchProcess>
}

/** A clock an hour ahead: no file is racy, as if all had been written long ago. */
export function laterClock(): FakeClock {
  return new FakeClock(Date.now() + 3_600_000)
}

/** Makes a bench: `using bench = searchBench({ 'a.txt': 'text' })`. */
export function searchBench(tree: TreeDescription): SearchBench {
  const directory = temporaryDirectory()
  writeTree(directory.path, { 'root/': '', 'cache/': '' })
  writeTree(directory.join('root'), tree)
  return {
    rootPath: directory.join('root'),
    join: (path) => directory.join('root', path),
    open: (options = {}) =>
      openProcess({ rootPath: directory.join('root'), ...options, cachePath: directory.join('cache') }),
    [Symbol.dispose]: () => directory[Symbol.dispose](),
  }
}

async function openProcess(
  options: ProcessOptions & { readonly rootPath: string; readonly cachePath: string },
): Promise<SearchProcess> {
  const { rootPath, cachePath, clock = systemClock, ttlSeconds = 300, freshness = 'scan', exclude = [] } = options
  const { oneShotPatienceMs } = options
  const root = await DataRoot.open(rootPath, { clock })
  const index = await TreeIndex.open({ root, freshness, exclude })
  const store = await PersistentCache.open({ directory: cachePath, clock })
  const engine = new CountingEngine()
  const search = store.namespace('search')
  const kept =
    oneShotPatienceMs === undefined
      ? { store: search, engine }
      : {
          oneShot: { engine: new RipgrepEngine(), openStore: async () => search, patienceMs: oneShotPatienceMs },
        }
  const cache = new SearchCache({ root, index, ttlSeconds, clock, ...kept })
  return {
    root,
    index,
    store,
    cache,
    engine,
    [Symbol.asyncDispose]: async () => {
      await index.close()
      await store.close()
      root.close()
    },
  }
}
