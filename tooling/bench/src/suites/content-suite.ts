import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { CacheManager } from '@fsagent/cache-manager'
import { compareLineReads, compareWholeReads, writeReadFiles } from '../content/reads.js'
import { compareWarmUps } from '../content/warm-up.js'
import { joinResults, type SuiteResult } from '../suite-result.js'
import { withTemporaryFolder } from '../temporary-folder.js'

/** By then no timestamp of the new files is too close to the first read. */
const settlingMs = 2500

/** Cached reads beside one `stat`, awaited reads and processes; and how long it takes to fill the cache. */
export async function contentSuite(): Promise<SuiteResult> {
  return await withTemporaryFolder(async (folder) => {
    const root = join(folder, 'root')
    mkdirSync(root)
    writeReadFiles(root)
    await setTimeout(settlingMs)
    await using manager = await CacheManager.open({ dataRoot: root, cacheDirectory: join(folder, 'cache') })
    return joinResults([
      await compareWholeReads(manager),
      await compareLineReads(manager),
      await compareWarmUps(folder, { files: 10_000, rounds: 3 }),
    ])
  })
}
