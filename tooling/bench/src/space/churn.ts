import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { PersistentCache } from '@fsagent/cache-core'
import { goal, type Goal } from '../goal.js'
import { withTemporaryFolder } from '../temporary-folder.js'
import { folderBytes } from './folder-bytes.js'
import type { SpaceSettings } from './space-settings.js'

const VALUE_BYTES = 4096
const FILL_AT_ONCE = 256
const BOUND = 1.6
const LOOK_EVERY_MS = 500
const WAIT_AT_MOST_MS = 60_000

/** What a cache takes on disk after twice its limit was written, half of it deleted, and nothing more done. */
export async function measureChurn({ churnLimit }: SpaceSettings): Promise<readonly Goal[]> {
  return await withTemporaryFolder(async (folder) => {
    const directory = join(folder, 'cache')
    await using cache = await PersistentCache.open({ directory, memoryLimit: 0, sizeLimit: churnLimit })
    const count = Math.ceil((churnLimit * 2) / VALUE_BYTES)
    for (let start = 0; start < count; start += FILL_AT_ONCE)
      await cache.setMany(
        Array.from({ length: FILL_AT_ONCE }, (_, index) => [`entry-${start + index}`, randomBytes(VALUE_BYTES)]),
      )
    await cache.deleteMany(Array.from({ length: count / 2 }, (_, index) => `entry-${index * 2}`))
    const share = (): number => folderBytes(directory) / cache.stats().volume
    for (let waited = 0; share() > BOUND && waited < WAIT_AT_MOST_MS; waited += LOOK_EVERY_MS)
      await setTimeout(LOOK_EVERY_MS)
    return [
      goal('bytes on disk, twice the limit written, half of it deleted, idle', `≤ ${BOUND}× of the volume`, [
        { value: share(), unit: '×', atMost: BOUND },
      ]),
    ]
  })
}
