import { existsSync } from 'node:fs'
import { relative, sep } from 'node:path'
import type { CacheStore, PersistentCache } from '@fsagent/cache-core'
import { ContentCache } from '@fsagent/content-cache'
import { DataRoot, FileStateTracker, TreeIndex } from '@fsagent/file-state'
import { RipgrepEngine, SearchCache } from '@fsagent/search-cache'
import { canonicalPath, checkCacheDirectory } from './cache-directory.js'
import { cachedNamespaces } from './cached-namespaces.js'
import { type CacheHealth, examineHealth } from './cache-health.js'
import { type CacheManagerOptions, type CacheSettings, completeSettings } from './cache-settings.js'
import { emptyStore } from './clear-cache.js'
import { ClosingStack } from './closing-stack.js'
import type { NewCacheStatistics } from './new-cache-statistics.js'
import { openStore, openStoreUnlessRefused } from './open-store.js'

/** What `open()` opened. */
interface Tiers {
  readonly settings: CacheSettings
  readonly root: DataRoot
  readonly persistentCache: PersistentCache | undefined
  readonly treeIndex: TreeIndex
  readonly opened: ClosingStack
}

/** The tiers of the cache over one data root: opened together, counted together, closed together. */
export class CacheManager implements AsyncDisposable {
  readonly settings: CacheSettings
  readonly root: DataRoot
  readonly contentCache: ContentCache
  readonly searchCache: SearchCache
  readonly fileStateTracker: FileStateTracker
  readonly treeIndex: TreeIndex
  /** `undefined` when the cache is not enabled. */
  readonly persistentCache: PersistentCache | undefined
  readonly #opened: ClosingStack

  private constructor({ settings, root, persistentCache, treeIndex, opened }: Tiers) {
    const { clock, maxFileSize, contentTtlSeconds, searchTtlSeconds, searchTimeoutSeconds } = settings
    const content = persistentCache?.namespace('content')
    const search = persistentCache?.namespace('search')
    const state = persistentCache?.namespace('state')
    this.settings = settings
    this.root = root
    this.persistentCache = persistentCache
    this.treeIndex = treeIndex
    this.contentCache = new ContentCache({ root, store: content, maxFileSize, ttlSeconds: contentTtlSeconds })
    const engine = new RipgrepEngine({ timeoutSeconds: searchTimeoutSeconds })
    this.searchCache = new SearchCache({
      root,
      index: treeIndex,
      engine,
      ttlSeconds: searchTtlSeconds,
      clock,
      ...(search && { store: search }),
      ...(settings.oneShot && {
        oneShot: {
          ...settings.oneShot,
          engine,
          openStore: async (purpose) => openSearchStore(settings, { opened, purpose }),
        },
      }),
    })
    this.fileStateTracker = new FileStateTracker({ root, ...(state && { store: state }) })
    this.#opened = opened
  }

  /**
   * Opens the tiers; what is open is closed again when one of them cannot be opened.
   *
   * A store that cannot be used is no reason to fail: the role is then `degraded`.
   *
   * @throws FileStateError ROOT_NOT_FOUND, ROOT_NOT_DIRECTORY, PERMISSION_DENIED
   * @throws CacheError CACHE_DIRECTORY_FOREIGN
   * @throws CacheManagerError CACHE_DIRECTORY_IS_ROOT
   * @throws RangeError when a limit, TTL or timeout is out of range
   */
  static async open(options: CacheManagerOptions): Promise<CacheManager> {
    const opened = new ClosingStack()
    try {
      return new CacheManager(await openTiers(completeSettings(options), opened))
    } catch (error) {
      await opened.close()
      throw error
    }
  }

  /** Forgets what is stored about one file, and the searches that covered it; answers how many entries that were. */
  async invalidateFile(path: string): Promise<number> {
    const contents = (await this.contentCache.invalidateFile(path)) ? 1 : 0
    return contents + (await this.searchCache.invalidateScope(this.root.resolve(path)))
  }

  /** Forgets what is stored about the files below a directory, and the searches that touched it; answers how many. */
  async invalidateDirectory(path: string): Promise<number> {
    const contents = await this.contentCache.invalidateDirectory(path)
    return contents + (await this.searchCache.invalidateScope(this.root.resolve(path)))
  }

  /** Empties the cache and gives its space back; answers how many entries there were. Conversations stay. */
  async clearAll(): Promise<number> {
    if (this.persistentCache === undefined) return 0
    const { removed } = await emptyStore(this.persistentCache)
    return removed
  }

  /** The `new_cache` part of the statistics document. */
  stats(): NewCacheStatistics {
    const { persistentCache, settings, treeIndex } = this
    if (persistentCache === undefined) return { enabled: false }
    const { directory, size_limit, memory, role } = persistentCache.stats()
    const parts = cachedNamespaces.map((name) => persistentCache.namespace(name).stats())
    const size = parts.reduce((sum, part) => sum + part.size, 0)
    const volume = parts.reduce((sum, part) => sum + part.volume, 0)
    const content = this.contentCache.stats()
    const search = this.searchCache.stats()
    return {
      enabled: true,
      disk_cache: { size, volume, directory, size_limit },
      content_ttl: settings.contentTtlSeconds,
      search_ttl: settings.searchTtlSeconds,
      content: { hits: content.hits, misses: content.misses, stale: content.stale },
      search: { hits: search.hits, misses: search.misses, repaired: search.repaired, stale: search.stale },
      memory,
      role,
      configuration: {
        data_root: this.root.path,
        max_file_size: settings.maxFileSize,
        memory_limit: settings.memoryLimit,
        freshness: settings.freshness,
        freshness_mode: treeIndex.mode,
        freshness_reason: treeIndex.reason,
        missed_by_watch: treeIndex.missedByWatch,
      },
    }
  }

  /** Whether the tiers do their work, found out by trying. */
  health(): Promise<CacheHealth> {
    return examineHealth(this)
  }

  /** Closes what `open()` opened, last opened first; again is harmless. */
  close(): Promise<void> {
    return this.#opened.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

async function openTiers(settings: CacheSettings, opened: ClosingStack): Promise<Tiers> {
  const { clock, freshness, longLived, onWarning } = settings
  const root = opened.add(await DataRoot.open(settings.dataRoot, { clock }), (open) => open.close())
  if (settings.enabled) await checkCacheDirectory(settings)
  const opensNow = settings.enabled && settings.oneShot === undefined
  const persistentCache = opensNow ? opened.add(await openStore(settings), (open) => open.close()) : undefined
  const exclude = await insideRoot(root, settings.cacheDirectory)
  const store = persistentCache && { store: persistentCache.namespace('tree') }
  const index = { root, exclude, freshness, longLived, clock, onWarning, ...store }
  const treeIndex = opened.add(await TreeIndex.open(index), (open) => open.close())
  return { settings, root, persistentCache, treeIndex, opened }
}

/** What a process that asks once keeps its searches in; `undefined` when it cannot be used, which is no failure. */
async function openSearchStore(
  settings: CacheSettings,
  { opened, purpose }: { readonly opened: ClosingStack; readonly purpose: 'look' | 'keep' },
): Promise<CacheStore | undefined> {
  if (!settings.enabled || (purpose === 'look' && !existsSync(settings.cacheDirectory))) return undefined
  // The answer may come first: whoever closes meanwhile waits until there is something to close.
  const opening = opened.add(openStoreUnlessRefused(settings), async (store) => (await store)?.close())
  return (await opening)?.namespace('search')
}

/** The cache directory relative to the root when it lies inside: no search finds it, whether the cache is on or off. */
async function insideRoot(root: DataRoot, directory: string): Promise<string[]> {
  const path = relative(root.path, await canonicalPath(directory))
  const outside = path === '' || path === '..' || path.startsWith(`..${sep}`)
  return outside ? [] : [path.split(sep).join('/')]
}
