import { join } from 'node:path'
import { PersistentCache } from '@fsagent/cache-core'
import { DataRoot } from '@fsagent/file-state'
import { FakeClock, temporaryDirectory, writeTree, type TreeDescription } from '@fsagent/testing'
import { ContentCache, type ContentCacheOptions } from '../../src/index.js'

/** A content cache over real files with a real store. */
export interface ContentFixture extends AsyncDisposable {
  readonly cache: ContentCache
  readonly root: DataRoot
  readonly store: PersistentCache
  /** Absolute path of something in the data root. */
  at(path: string): string
  /** Absolute path of something beside the data root. */
  outside(path: string): string
  /** Another cache over the same root and store, as after a restart. */
  again(options?: Partial<ContentCacheOptions>): ContentCache
}

/** What a fixture is made of. */
export interface ContentFixtureOptions extends Partial<Omit<ContentCacheOptions, 'root' | 'store'>> {
  readonly tree?: TreeDescription
  /** The root's clock; by default one far ahead, for which nothing was written just now, so that no read is racy. */
  readonly clock?: { now(): number; monotonic(): number }
  readonly memoryLimit?: number
  readonly withoutStore?: boolean
  /** Where the data root is made; beside the store by default. */
  readonly place?: string
}

export async function contentFixture(options: ContentFixtureOptions = {}): Promise<ContentFixture> {
  const { tree = {}, clock = new FakeClock(), memoryLimit, withoutStore = false, ...more } = options
  const directory = temporaryDirectory()
  const { place = directory.path, ...rest } = more
  const data = join(place, 'data')
  writeTree(data, { 'place/': '', ...tree })
  const root = await DataRoot.open(data, { clock })
  const store = await PersistentCache.open({
    directory: directory.join('cache'),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
  })
  const shared = withoutStore ? { root } : { root, store: store.namespace('content') }
  return {
    cache: new ContentCache({ ...shared, ...rest }),
    root,
    store,
    at: (path) => join(data, path),
    outside: (path) => directory.join(path),
    again: (more = {}) => new ContentCache({ ...shared, ...rest, ...more }),
    [Symbol.asyncDispose]: async () => {
      await store.close()
      root.close()
      directory[Symbol.dispose]()
    },
  }
}
