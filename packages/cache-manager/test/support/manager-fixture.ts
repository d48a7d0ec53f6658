import { FakeClock, temporaryDirectory, writeTree, type TreeDescription } from '@fsagent/testing'
import { CacheManager, type CacheManagerOptions } from '../../src/index.js'

/** A manager over real files, in directories that go away with it. */
export interface ManagerFixture extends AsyncDisposable {
  readonly manager: CacheManager
  /** Absolute path of something in the data root. */
  at(path: string): string
  /** Absolute path of something beside the data root. */
  outside(path: string): string
  /** Closes the manager and opens another one over the same directories. */
  reopen(options?: Partial<CacheManagerOptions>): Promise<CacheManager>
}

/** The clock is far ahead of the files, so that no read is racy. */
export async function managerFixture(
  tree: TreeDescription,
  options: Partial<CacheManagerOptions> = {},
): Promise<ManagerFixture> {
  const directory = temporaryDirectory()
  writeTree(directory.join('data'), { 'place/': '', ...tree })
  const open = (more: Partial<CacheManagerOptions>): Promise<CacheManager> =>
    CacheManager.open({
      dataRoot: directory.join('data'),
      cacheDirectory: directory.join('cache'),
      clock: new FakeClock(),
      ...options,
      ...more,
    })
  let manager = await open({})
  return {
    get manager() {
      return manager
    },
    at: (path) => directory.join('data', path),
    outside: (path) => directory.join(path),
    reopen: async (more = {}) => {
      await manager.close()
      manager = await open(more)
      return manager
    },
    [Symbol.asyncDispose]: async () => {
      await manager.close()
      directory[Symbol.dispose]()
    },
  }
}
