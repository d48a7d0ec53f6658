import { untilAborted } from '@fsagent/cache-core'
import { type DataRoot, FileStateError, type NearbyFiles } from '@fsagent/file-state'
import type { CacheReport } from './cache-report.js'
import {
  checkedMaxFileSize,
  checkedTtl,
  type ContentCacheOptions,
  type ContentOptions,
  defaultMaxFileSize,
  type ReadingOptions,
} from './content-cache-options.js'
import { ContentEntries, type StoredContent } from './content-entries.js'
import type { ContentResult, ContentStatistics } from './content-result.js'
import { type ContentCounts, type ContentLines, countsOf, type LineRange, linesOf, tailOf } from './content-views.js'
import { LargeFile } from './large-file.js'
import { loadContent, type LoadedContent } from './load-content.js'
import type { ReadContentOptions } from './read-content.js'
import { SharedLoads } from './shared-loads.js'

/** File contents that are never older than the question, mostly for the price of one `stat`. */
export class ContentCache {
  readonly #root: DataRoot
  readonly #nearby: NearbyFiles
  readonly #entries: ContentEntries | undefined
  readonly #maxFileSize: number
  /** A small `maxFileSize` is about what is stored, not about how many lines may be asked for. */
  readonly #mostLineBytes: number
  readonly #loads = new SharedLoads<LoadedContent>()
  readonly #counts = { hits: 0, confirmed: 0, misses: 0, stale: 0 }

  /** @throws RangeError when `maxFileSize` or `ttlSeconds` is out of range */
  constructor({ root, store, maxFileSize = defaultMaxFileSize, ttlSeconds = 0 }: ContentCacheOptions) {
    this.#root = root
    this.#nearby = root.nearbyFiles()
    this.#maxFileSize = checkedMaxFileSize(maxFileSize)
    this.#mostLineBytes = Math.max(maxFileSize, defaultMaxFileSize)
    this.#entries = store && new ContentEntries({ store, rootPath: root.path, ttlSeconds: checkedTtl(ttlSeconds) })
  }

  /**
   * The content of a whole file; the path is understood as `DataRoot.resolve()` does.
   *
   * @throws FileStateError PATH_INVALID, PATH_OUTSIDE_ROOT, FILE_NOT_FOUND, NOT_A_DIRECTORY, IS_A_DIRECTORY,
   * NOT_A_REGULAR_FILE, PERMISSION_DENIED, SYMLINK_LOOP, FILE_TOO_LARGE
   */
  async getContent(path: string, options: ContentOptions = {}): Promise<ContentResult> {
    options.signal?.throwIfAborted()
    const proved = this.#hit(path)
    if (proved !== undefined) return proved
    const relative = this.#root.resolve(path)
    const realPath = await this.#walk(relative)
    return (realPath === path ? undefined : this.#hit(realPath)) ?? (await this.#missed(realPath, options))
  }

  /**
   * Some lines of a file of any size; of a file above `maxFileSize` they are read from disk, in bounded memory.
   *
   * @throws FileStateError as `getContent()`, without FILE_TOO_LARGE
   * @throws RangeError when the range does not begin at an integer of 1 or more
   */
  async getLines(path: string, range: LineRange, options: ReadingOptions = {}): Promise<ContentLines> {
    return this.#view(path, options, {
      small: (found) => linesOf(found, range),
      large: (file) => file.lines(range),
    })
  }

  /** The last lines of a file of any size. @throws FileStateError as `getLines()` */
  async getTail(path: string, lines: number, options: ReadingOptions = {}): Promise<ContentLines> {
    return this.#view(path, options, {
      small: (found) => tailOf(found, lines),
      large: (file) => file.tail(lines),
    })
  }

  /** Lines, words and bytes of a file of any size, as GNU `wc` counts them. @throws FileStateError as `getLines()` */
  async getCounts(path: string, options: ReadingOptions = {}): Promise<ContentCounts> {
    return this.#view(path, options, { small: countsOf, large: (file) => file.counts() })
  }

  /**
   * Whether `getContent()` would be a hit now; reads nothing and counts nothing.
   *
   * @throws FileStateError as `getContent()`
   */
  isFresh(path: string): boolean {
    if (this.#proved(path) !== undefined) return true
    return this.#proved(this.#root.stat(this.#root.resolve(path)).realPath) !== undefined
  }

  /** Forgets one file; answers whether something was stored for it. @throws FileStateError PATH_INVALID, PATH_OUTSIDE_ROOT */
  async invalidateFile(path: string): Promise<boolean> {
    const realPath = this.#realPathIfThere(path)
    return (await this.#entries?.delete(realPath)) ?? false
  }

  /**
   * Forgets all files below a directory; answers how many were stored.
   *
   * @throws FileStateError PATH_INVALID, PATH_OUTSIDE_ROOT
   */
  async invalidateDirectory(path: string): Promise<number> {
    const realPath = this.#realPathIfThere(path)
    return (await this.#entries?.deleteBelow(realPath)) ?? 0
  }

  /**
   * Reads a file and stores it, also when it is stored: for whoever reads many files ahead and knows by `holds()` which.
   * It neither looks for another way to the file nor joins anybody who reads it.
   *
   * @throws FileStateError as `getContent()`
   */
  async fill(path: string): Promise<ContentResult> {
    const relative = this.#root.resolve(path)
    const fetched = await this.#entries?.fetch(relative)
    const hit = fetched && this.#hit(relative, fetched)
    if (hit !== undefined) return hit
    const loaded = await this.#loadCounted(relative, { opener: this.#nearby })
    return resultOf(loaded, loaded.cache)
  }

  /** Whether `getContent()` of a path without symbolic links would be a hit now; looks for no other way to the file. */
  holds(realPath: string): boolean {
    return this.#proved(realPath) !== undefined
  }

  /** Resolves when at most so many contents wait to be written; answers do not wait for that. */
  async drained(most = 0): Promise<void> {
    await this.#entries?.drained(most)
  }

  /** How whole files were asked for since the cache was made; nothing is counted without a store. */
  stats(): ContentStatistics {
    return { ...this.#counts }
  }

  /** Where a path leads now; what was stored for it is forgotten when it leads nowhere any more. */
  async #walk(relative: string): Promise<string> {
    try {
      return this.#root.stat(relative).realPath
    } catch (error) {
      if (error instanceof FileStateError && this.#entries?.find(relative) !== undefined) {
        await this.#entries.delete(relative)
      }
      throw error
    }
  }

  /** Another process may have what this one has not; else the file is read. */
  async #missed(realPath: string, options: ContentOptions): Promise<ContentResult> {
    const fetched = await this.#entries?.fetch(realPath)
    return (fetched && this.#hit(realPath, fetched)) ?? this.#load(realPath, options)
  }

  /**
   * The answer to a path that is proved without a walk. Any spelling may be tried: an entry is only ever kept under a real
   * path, and where its signature is found, there is the file.
   */
  #hit(path: string, found = this.#entries?.find(path)): ContentResult | undefined {
    const stored = this.#proved(path, found)
    if (stored === undefined) return undefined
    this.#counts.hits += 1
    const { content, tier, ageSeconds } = stored
    const { signature } = stored.record.state
    return { path, content, signature, cache: { outcome: 'hit', tier, verifiedBy: 'stat', ageSeconds } }
  }

  /** What is stored, when the file's signature proves that it is the content of the file now. */
  #proved(path: string, stored = this.#entries?.find(path)): StoredContent | undefined {
    if (stored === undefined || stored.record.state.racy) return undefined
    // Stored under a larger limit: a cache must not answer what is refused without it.
    if (stored.content.byteLength > this.#maxFileSize) return undefined
    return this.#root.proveSync(path, stored.record.state.signature) ? stored : undefined
  }

  async #load(realPath: string, { signal, loader }: ContentOptions): Promise<ContentResult> {
    const begun = this.#loads.begun(realPath)
    if (begun !== undefined) {
      const [earlier] = await untilAborted(Promise.allSettled([begun]), signal)
      if (earlier.status === 'fulfilled' && this.#stillHolds(realPath, earlier.value)) {
        return this.#joined(earlier.value, 'stat')
      }
    }
    const { value, joined } = await untilAborted(
      this.#loads.next(realPath, () => this.#loadCounted(realPath, { loader })),
      signal,
    )
    return joined ? this.#joined(value, 'read') : resultOf(value, value.cache)
  }

  async #loadCounted(path: string, how: Pick<ReadContentOptions, 'loader' | 'opener'>): Promise<LoadedContent> {
    const [root, entries, maxFileSize] = [this.#root, this.#entries, this.#maxFileSize]
    const loaded = await loadContent(path, { ...how, root, entries, maxFileSize })
    this.#count(loaded)
    return loaded
  }

  #count({ cache, stale }: LoadedContent): void {
    if (cache.outcome === 'confirmed') this.#counts.hits += 1
    if (cache.outcome === 'confirmed') this.#counts.confirmed += 1
    if (cache.outcome === 'miss') this.#counts.misses += 1
    if (stale) this.#counts.stale += 1
  }

  #stillHolds(realPath: string, { path, signature, provable }: LoadedContent): boolean {
    return provable && path === realPath && this.#root.proveSync(path, signature)
  }

  /** The answer to a caller who was spared the reading by another one. */
  #joined(loaded: LoadedContent, verifiedBy: 'stat' | 'read'): ContentResult {
    if (this.#entries === undefined) return resultOf(loaded, loaded.cache)
    this.#counts.hits += 1
    return resultOf(loaded, { outcome: 'hit', tier: 'memory', verifiedBy, ageSeconds: 0 })
  }

  async #view<View>(path: string, options: ReadingOptions, views: Views<View>): Promise<View> {
    try {
      return views.small(await this.getContent(path, options))
    } catch (error) {
      if (!(error instanceof FileStateError) || error.code !== 'FILE_TOO_LARGE') throw error
      const { signal } = options
      return views.large(
        new LargeFile({ root: this.#root, path: this.#root.resolve(path), maxBytes: this.#mostLineBytes, signal }),
      )
    }
  }

  #realPathIfThere(path: string): string {
    const relative = this.#root.resolve(path)
    try {
      return this.#root.stat(relative).realPath
    } catch (error) {
      if (error instanceof FileStateError) return relative
      throw error
    }
  }
}

interface Views<View> {
  readonly small: (found: ContentResult) => View
  readonly large: (file: LargeFile) => Promise<View>
}

function resultOf({ path, content, signature }: LoadedContent, cache: CacheReport): ContentResult {
  return { path, content, signature, cache }
}
