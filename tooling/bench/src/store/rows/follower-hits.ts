import { join } from 'node:path'
import { goal } from '../../goal.js'
import { measureInTurns } from '../../measure.js'
import { medianOf, rate, type Comparison, type SuiteResult } from '../../suite-result.js'
import { withTemporaryFolder } from '../../temporary-folder.js'
import { EngineChild } from '../engine-child.js'
import type { StoreSettings } from '../store-settings.js'

const VALUE_BYTES = 1024
const IN_FLIGHT = 32
const BLOCKED_SHARE = 0.8
const ALONE = 'one at a time'
const PACE_MS = 7
const PACED = `one each ${PACE_MS} ms`
const CROWDED = `${IN_FLIGHT} in flight, time by their number`

/** Hits that another process answers from disk: it is idle, and then its main thread is busy. */
export async function compareFollowerHits(settings: StoreSettings): Promise<SuiteResult> {
  return await withTemporaryFolder(async (folder) => {
    const open = (): Promise<EngineChild> =>
      EngineChild.open({
        engine: 'cache-core',
        options: { directory: join(folder, 'cache'), memoryLimit: 0 },
        entries: settings.entries,
        valueBytes: VALUE_BYTES,
      })
    await using owner = await open()
    await owner.tell({ type: 'fill' })
    await using follower = await open()
    const idle = await measureIdle(follower, settings)
    await owner.tell({ type: 'block', share: BLOCKED_SHARE })
    const busy = await measureBusy(follower, settings)
    return {
      comparisons: [idle, busy],
      goals: [
        goal('follower hit on disk, 1 KiB, alone / 32 in flight', '≤ 130 µs p50 / ≥ 60,000 a second', [
          { value: medianOf(idle, ALONE), unit: 'µs', atMost: 130 },
          { value: rate(medianOf(idle, CROWDED)), unit: '/s', atLeast: 60_000 },
        ]),
        goal('the same while the owner’s main thread is blocked 80 % of the time', '≤ 1 ms p50', [
          { value: medianOf(busy, PACED), unit: 'µs', atMost: 1000 },
        ]),
      ],
    }
  })
}

async function measureIdle(follower: EngineChild, { rounds, runsPerRound, crowd }: StoreSettings): Promise<Comparison> {
  const measurements = await measureInTurns(
    [
      { name: ALONE, sample: () => follower.tell({ type: 'timeGets', count: runsPerRound, isHot: false }) },
      { name: CROWDED, sample: () => follower.tell({ type: 'timeGetsInFlight', count: crowd, inFlight: IN_FLIGHT }) },
    ],
    rounds,
  )
  return { title: 'Hits of 1 KiB that the owner gives a follower from disk', measurements }
}

/** Not one after the other: most of those would fall into the moments in which the owner is free. */
async function measureBusy(follower: EngineChild, { rounds, runsPerRound }: StoreSettings): Promise<Comparison> {
  const command = { type: 'timePacedGets', count: runsPerRound, everyMs: PACE_MS } as const
  const measurements = await measureInTurns(
    [{ name: PACED, sample: () => follower.tell(command) }],
    Math.ceil(rounds / 5),
  )
  return { title: 'The same while the owner’s main thread is blocked 80 % of the time', measurements }
}
