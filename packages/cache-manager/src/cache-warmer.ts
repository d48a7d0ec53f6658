import { join } from 'node:path'
import { FileStateError } from '@fsagent/file-state'
import pLimit from 'p-limit'
import { canStore } from './cache-health.js'
import type { CacheManager } from './cache-manager.js'
import { CacheManagerError } from './cache-manager-error.js'
import { findFiles } from './find-files.js'
import { WarmTally } from './warm-tally.js'
import type { WarmDirectoryOptions, WarmOptions, WarmReport } from './warm-report.js'
import { hasTextName } from './text-names.js'
import { isTextSample, sampleBytes } from './text-sample.js'

const defaultConcurrency = 10
const mostConcurrency = 1_000
/** Contents read ahead of the disk: enough to be written in large groups. */
const mostUnwritten = 256

/** Reads text files into the content cache before anybody asks for them. */
export class CacheWarmer {
  readonly #manager: CacheManager

  constructor(manager: CacheManager) {
    this.#manager = manager
  }

  /**
   * Warms the text files below a directory of the data root. Version control, dependencies and the cache itself are
   * left out below the directory; symbolic links are not followed. A file that fails is reported and stops nothing.
   *
   * @throws CacheManagerError CACHE_NOT_ENABLED, CACHE_NOT_WRITABLE, WARM_PATTERN_INVALID
   * @throws FileStateError PATH_INVALID, PATH_OUTSIDE_ROOT, FILE_NOT_FOUND, NOT_A_DIRECTORY, PERMISSION_DENIED
   * @throws RangeError when `concurrency` is not a whole number from 1 to 1000
   */
  async warmDirectory(directory: string, options: WarmDirectoryOptions = {}): Promise<WarmReport> {
    const { pattern = '**/*', recursive = true, signal } = options
    const { root, settings } = this.#manager
    const tally = new WarmTally(settings.clock)
    const realPath = this.#directoryInside(directory)
    const { cacheDirectory } = settings
    const search = { directory: join(root.path, realPath), pattern, recursive, cacheDirectory, signal }
    const { files, unreadable } = await findFiles(search)
    const below = (path: string): string => (realPath === '' ? path : `${realPath}/${path}`)
    for (const { path, error } of unreadable) tally.failed(below(path), error)
    return this.#warm(files.map(below), options, tally)
  }

  /**
   * Warms the given files, understood as `DataRoot.resolve()` does. A file that fails is reported and stops nothing.
   *
   * @throws CacheManagerError CACHE_NOT_ENABLED, CACHE_NOT_WRITABLE
   * @throws RangeError when `concurrency` is not a whole number from 1 to 1000
   */
  warmFiles(paths: Iterable<string>, options: WarmOptions = {}): Promise<WarmReport> {
    return this.#warm([...paths], options, new WarmTally(this.#manager.settings.clock))
  }

  async #warm(paths: readonly string[], options: WarmOptions, tally: WarmTally): Promise<WarmReport> {
    const { concurrency = defaultConcurrency, onProgress, signal, dryRun = false } = options
    const limit = pLimit(checkedConcurrency(concurrency))
    await this.#checkStore()
    const total = paths.length
    let done = 0
    await limit.map(paths, async (path) => {
      if (signal?.aborted) return
      await this.#warmFile(path, dryRun, tally)
      done += 1
      onProgress?.({ done, total, path })
    })
    await this.#manager.contentCache.drained()
    return tally.report(total, signal?.aborted ?? false)
  }

  async #warmFile(path: string, dryRun: boolean, tally: WarmTally): Promise<void> {
    try {
      const { contentCache } = this.#manager
      if (dryRun ? contentCache.isFresh(path) : contentCache.holds(path)) tally.add('alreadyFresh')
      else if (dryRun || !hasTextName(path)) await this.#warmTextOnly(path, dryRun, tally)
      else await this.#load(path, tally)
    } catch (error) {
      if (error instanceof FileStateError && error.code === 'FILE_TOO_LARGE') tally.add('skippedLarge')
      else tally.failed(path, error)
    }
  }

  async #warmTextOnly(path: string, dryRun: boolean, tally: WarmTally): Promise<void> {
    const { root, settings } = this.#manager
    const { bytes, signature } = await root.readRange(root.resolve(path), 0, sampleBytes)
    if (signature.size > settings.maxFileSize) tally.add('skippedLarge')
    else if (!isTextSample(bytes)) tally.add('skippedBinary')
    else if (dryRun) tally.loaded(Number(signature.size))
    else await this.#load(path, tally)
  }

  async #load(path: string, tally: WarmTally): Promise<void> {
    const { contentCache } = this.#manager
    await contentCache.drained(mostUnwritten)
    const { content, cache } = await contentCache.fill(path)
    const isPlainText = content.encoding !== 'binary' && content.encoding !== 'utf-8-lossy'
    if (!isPlainText && !isTextSample(content.bytes.subarray(0, sampleBytes))) {
      await contentCache.invalidateFile(path)
      tally.add('skippedBinary')
    } else if (cache.outcome === 'miss') tally.loaded(content.byteLength)
    else tally.add('alreadyFresh')
  }

  #directoryInside(directory: string): string {
    const { root } = this.#manager
    const { kind, realPath } = root.stat(root.resolve(directory))
    if (kind === 'directory') return realPath
    throw new FileStateError('NOT_A_DIRECTORY', `Cannot warm ${JSON.stringify(directory)}: it is not a directory`)
  }

  async #checkStore(): Promise<void> {
    const { persistentCache } = this.#manager
    if (persistentCache === undefined) {
      throw new CacheManagerError('CACHE_NOT_ENABLED', 'Cannot warm cache: it is not enabled')
    }
    if (await canStore(persistentCache)) return
    const where = JSON.stringify(persistentCache.directory)
    throw new CacheManagerError('CACHE_NOT_WRITABLE', `Cannot warm cache at ${where}: it cannot be written now`)
  }
}

function checkedConcurrency(concurrency: number): number {
  if (Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= mostConcurrency) return concurrency
  throw new RangeError(
    `Cannot warm ${concurrency} files at once: it must be a whole number from 1 to ${mostConcurrency}`,
  )
}
