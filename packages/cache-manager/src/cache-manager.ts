import { realpath } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import { PersistentCache } from '@fsagent/cache-core'
import { ContentCache } from '@fsagent/content-cache'
import { DataRoot, FileStateTracker, TreeIndex } from '@fsagent/file-state'
import { SearchCache } from '@fsagent/search-cache'
import { type CacheHealth, examineHealth } from './cache-health.js'
import { CacheManagerError } from './cache-manager-error.js'
import { type CacheManagerOptions, type CacheSettings, completeSettings } from './cache-settings.js'
import { ClosingStack } from './closing-stack.js'
import type { NewCacheStatistics } from './new-cache-statistics.js'

/** What `open()` opened. */
interface Tiers {
  readonly settings: CacheSettings
  readonly root: DataRoot
  readonly persistentCache: PersistentCache | undefined
  readonly treeIndex: TreeIndex
  readonly opened: ClosingStack
}

/** What `clearAll()` empties; conversations live in the same store and stay. */
const clearedNamespaces = ['content', 'search', 'state', 'tree'] as const

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
    const { clock, maxFileSize, contentTtlSeconds, searchTtlSeconds } = settings
    const content = persistentCache?.namespace('content')
    const search = persistentCache?.namespace('search')
    const state = persistentCache?.namespace('state')
    this.settings = settings
    this.root = root
    this.persistentCache = persistentCache
    this.treeIndex = treeIndex
    this.contentCache = new ContentCache({ root, store: content, maxFileSize, ttlSeconds: contentTtlSeconds })
    this.searchCache = new SearchCache({
      root,
      index: treeIndex,
      ttlSeconds: searchTtlSeconds,
      clock,
      ...(search && { store: search }),
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
   * @throws RangeError when a limit or TTL is out of range
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

  /** Empties the cache and gives its space back; answers how many entries there were. */
  async clearAll(): Promise<number> {
    const cache = this.persistentCache
    if (cache === undefined) return 0
    const sizeBefore = cache.stats().size
    for (const name of clearedNamespaces) await cache.namespace(name).clear()
    await cache.compact()
    return Math.max(0, sizeBefore - cache.stats().size)
  }

  /** The `new_cache` part of the statistics document. */
  stats(): NewCacheStatistics {
    const { persistentCache, settings, treeIndex } = this
    if (persistentCache === undefined) return { enabled: false }
    const { size, volume, directory, size_limit, memory, role } = persistentCache.stats()
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
  const { clock, freshness } = settings
  const root = opened.add(await DataRoot.open(settings.dataRoot, { clock }), (open) => open.close())
  if ((await canonical(settings.cacheDirectory)) === root.path) throw directoryIsRoot(settings)
  const persistentCache = settings.enabled ? opened.add(await openStore(settings), (open) => open.close()) : undefined
  const exclude = await insideRoot(root, settings.cacheDirectory)
  const treeIndex = opened.add(await TreeIndex.open({ root, exclude, freshness }), (open) => open.close())
  return { settings, root, persistentCache, treeIndex, opened }
}

function openStore(settings: CacheSettings): Promise<PersistentCache> {
  const { cacheDirectory: directory, sizeLimit, memoryLimit, clock, onWarning } = settings
  return PersistentCache.open({ directory, sizeLimit, memoryLimit, clock, onWarning })
}

/** The cache directory relative to the root when it lies inside: no search finds it, whether the cache is on or off. */
async function insideRoot(root: DataRoot, directory: string): Promise<string[]> {
  const path = relative(root.path, await canonical(directory))
  const outside = path === '' || path === '..' || path.startsWith(`..${sep}`)
  return outside ? [] : [path.split(sep).join('/')]
}

/** The path without symbolic links; as it is where there is nothing (yet). */
async function canonical(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return path
    throw error
  }
}

function directoryIsRoot({ cacheDirectory }: CacheSettings): CacheManagerError {
  return new CacheManagerError(
    'CACHE_DIRECTORY_IS_ROOT',
    `Cannot keep cache in ${JSON.stringify(cacheDirectory)}: it is the data root itself`,
  )
}
