import { spawnSync } from 'node:child_process'
import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CacheManager } from '@fsagent/cache-manager'
import { measure } from '../measure.js'
import type { SuiteResult } from '../suite-result.js'
import { withTemporaryFolder } from '../temporary-folder.js'

const SAMPLES = 100

/** A cached read beside one `stat`, an awaited read and a `cat` process. */
export async function contentSuite(): Promise<SuiteResult> {
  return await withTemporaryFolder(async (folder) => {
    const root = join(folder, 'root')
    mkdirSync(root)
    const file = join(root, 'file.txt')
    writeFileSync(file, 'sixteen bytes..\n'.repeat(1024))
    utimesSync(file, 1, 1)
    await new Promise((resolve) => setTimeout(resolve, 2500))
    await using manager = await CacheManager.open({ dataRoot: root, cacheDirectory: join(folder, 'cache') })
    const { cache } = await manager.contentCache
      .getContent('file.txt')
      .then(() => manager.contentCache.getContent('file.txt'))
    if (cache.outcome !== 'hit') throw new Error(`Cannot measure a hit: the second read was a ${cache.outcome}`)
    const measurements = await measure(
      [
        { name: 'fs.statSync with bigint', run: () => statSync(file, { bigint: true }), repeat: 50 },
        { name: 'ContentCache hit', run: () => manager.contentCache.getContent('file.txt'), repeat: 50 },
        { name: 'fs.promises.readFile', run: () => readFile(file), repeat: 5 },
        { name: 'cat as a process', run: () => spawnSync('cat', [file]) },
      ],
      SAMPLES,
    )
    return { comparisons: [{ title: 'Reading a file of 16 KiB again', measurements }] }
  })
}
