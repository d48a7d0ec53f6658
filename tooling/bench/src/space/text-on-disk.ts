import { join } from 'node:path'
import { PersistentCache } from '@fsagent/cache-core'
import { gatherText, sourceFiles } from '../gather-text.js'
import { goal, type Goal } from '../goal.js'
import { withTemporaryFolder } from '../temporary-folder.js'
import { folderBytes } from './folder-bytes.js'
import type { SpaceSettings } from './space-settings.js'

const FILL_AT_ONCE = 256

const kinds: Readonly<Record<string, RegExp>> = {
  'source files': sourceFiles,
  prose: /\.md$/i,
  JSON: /\.json$/,
}

const sizes: Readonly<Record<string, number>> = { '1 KiB': 1024, '16 KiB': 16_384 }

/** What pieces of real text, those of this workspace's dependencies, take on disk with all that is kept about them. */
export async function measureText({ textBytes }: SpaceSettings): Promise<readonly Goal[]> {
  const goals: Goal[] = []
  for (const [kind, pattern] of Object.entries(kinds)) {
    const text = gatherText(pattern, textBytes)
    for (const [sizeLabel, size] of Object.entries(sizes)) {
      const share = await withTemporaryFolder((folder) => shareOnDisk(folder, text, size))
      goals.push(
        goal(`bytes on disk, ${kind} in pieces of ${sizeLabel}`, '≤ 0.6× of the values', [
          { value: share, unit: '×', atMost: 0.6 },
        ]),
      )
    }
  }
  return goals
}

async function shareOnDisk(folder: string, text: string, size: number): Promise<number> {
  const directory = join(folder, 'cache')
  const entries = Array.from(
    { length: Math.floor(text.length / size) },
    (_, index) => [`entry-${index}`, text.slice(index * size, (index + 1) * size)] as const,
  )
  await using cache = await PersistentCache.open({ directory, memoryLimit: 0, sizeLimit: 2 ** 40 })
  for (let start = 0; start < entries.length; start += FILL_AT_ONCE)
    await cache.setMany(entries.slice(start, start + FILL_AT_ONCE))
  await cache.compact()
  const valueBytes = entries.reduce((total, [, value]) => total + Buffer.byteLength(value), 0)
  return folderBytes(directory) / valueBytes
}
