import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PersistentCache } from '@fsagent/cache-core'
import { goal, type Goal } from '../goal.js'
import { withTemporaryFolder } from '../temporary-folder.js'
import type { SpaceSettings } from './space-settings.js'

const openProcess = fileURLToPath(new URL('open-process.js', import.meta.url))
const FILL_AT_ONCE = 2000
const VALUE_BYTES = 200

/** How long opening a large store takes and what it adds to the memory of a process that opens an empty one. */
export async function measureOpening({ openEntries, openRounds }: SpaceSettings): Promise<readonly Goal[]> {
  return await withTemporaryFolder(async (folder) => {
    const [large, empty] = [join(folder, 'large'), join(folder, 'empty')]
    await fill(large, openEntries)
    await fill(empty, 0)
    const [ofLarge, ofEmpty]: [Opening[], Opening[]] = [[], []]
    for (let round = 0; round < openRounds; round += 1) {
      ofEmpty.push(openOnce(empty, 0))
      ofLarge.push(openOnce(large, openEntries))
    }
    const what = `open of ${openEntries.toLocaleString('en-US')} entries of ${VALUE_BYTES} bytes`
    const added = median(ofLarge, 'residentMb') - median(ofEmpty, 'residentMb')
    return [
      goal(`${what}: time`, '≤ 100 ms', [{ value: median(ofLarge, 'openMs'), unit: 'ms', atMost: 100 }]),
      goal(`${what}: memory beside an empty store’s`, '≤ 30 MB', [{ value: added, unit: 'MB', atMost: 30 }]),
    ]
  })
}

/** What one process found. */
interface Opening {
  readonly openMs: number
  readonly residentMb: number
  readonly entries: number
}

async function fill(directory: string, count: number): Promise<void> {
  await using cache = await PersistentCache.open({ directory, memoryLimit: 0, sizeLimit: 2 ** 40 })
  for (let start = 0; start < count; start += FILL_AT_ONCE)
    await cache.setMany(
      Array.from({ length: Math.min(FILL_AT_ONCE, count - start) }, (_, index) => [
        `entry-${start + index}`,
        `${start + index} `.padEnd(VALUE_BYTES, 'a value like others '),
      ]),
    )
}

function openOnce(directory: string, entries: number): Opening {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what open-process.ts prints
  const opening = JSON.parse(execFileSync(process.execPath, [openProcess, directory], { encoding: 'utf8' })) as Opening
  if (opening.entries !== entries) throw new Error(`Cannot measure opening: ${opening.entries} entries, not ${entries}`)
  return opening
}

function median(openings: readonly Opening[], field: 'openMs' | 'residentMb'): number {
  const sorted = openings.map((opening) => opening[field]).toSorted((left, right) => left - right)
  return sorted[sorted.length >> 1] ?? Number.NaN
}
