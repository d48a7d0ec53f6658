import { join } from 'node:path'
import { goal } from '../../goal.js'
import { measureOnce } from '../../measure.js'
import type { SuiteResult } from '../../suite-result.js'
import { withTemporaryFolder } from '../../temporary-folder.js'
import { EngineChild } from '../engine-child.js'
import type { StoreSettings } from '../store-settings.js'

const ENGINE = 'cache-core'
const MOST_MS = 300

/** Many processes that run already and open one new cache at the same moment. */
export async function measureOpenings(settings: StoreSettings): Promise<SuiteResult> {
  const { openers } = settings
  const measurements = await measureOnce([{ name: ENGINE, sample: () => timeOpenings(settings) }])
  const [slowest] = measurements.map(({ p99Us }) => p99Us / 1000)
  return {
    comparisons: [
      { title: `${openers} processes open one new cache at once, until the first set of each`, measurements },
    ],
    goals: [
      goal(`${openers} processes opening at once, the slowest`, `≤ ${MOST_MS} ms`, [
        { value: slowest, unit: 'ms', atMost: MOST_MS },
      ]),
    ],
  }
}

/** The times of all processes, in rounds with a new cache each. */
async function timeOpenings({ openers, openingRounds }: StoreSettings): Promise<readonly number[]> {
  return await withTemporaryFolder(async (folder) => {
    const children: EngineChild[] = []
    try {
      // Each has a cache of its own first: what is timed is opening, not loading the code.
      for (let index = 0; index < openers; index += 1) children.push(await startOpener(join(folder, `own-${index}`)))
      const times: number[] = []
      for (let round = 0; round < openingRounds; round += 1) {
        const options = { directory: join(folder, `shared-${round}`) }
        const all = await Promise.all(
          children.map((child) => child.tell({ type: 'timeOpen', engine: ENGINE, options })),
        )
        times.push(...all.flat())
        await Promise.all(children.map((child) => child.tell({ type: 'closeFurther' })))
      }
      return times
    } finally {
      await Promise.all(children.map((child) => child[Symbol.asyncDispose]()))
    }
  })
}

function startOpener(directory: string): Promise<EngineChild> {
  return EngineChild.open({ engine: ENGINE, options: { directory }, entries: 1, valueBytes: 1 })
}
