import { goal, type Goal } from '../../goal.js'
import { measureInTurns, timeInFlight } from '../../measure.js'
import { medianOf, rate, ratio, type Comparison, type SuiteResult } from '../../suite-result.js'
import type { Entries } from '../entries.js'
import { onDisk, type OpenedEngines } from '../opened-engines.js'
import type { HitSettings } from './engine-hits.js'

const IN_FLIGHT = 64
/** A whole file is written for each crowd of this one. */
const WRITES_WHOLE_FILE = 'flat-cache'
/** Enough for LevelDB to have to merge: what is written in a burst costs it little at first. */
const LARGE_CROWD = 256

/** Sets that replace values, 64 at a time. */
export async function compareSets(
  engines: OpenedEngines,
  entries: Entries,
  { valueBytes, sizeLabel, crowd, crowdedRounds }: HitSettings,
): Promise<SuiteResult> {
  const isLarge = valueBytes > 65_536
  const compared = [...engines].filter(
    ([label]) => label !== 'lru-cache' && !(isLarge && label === WRITES_WHOLE_FILE) && !label.endsWith('memory tier'),
  )
  const measurements = await measureInTurns(
    compared.map(([name, engine]) => ({
      name,
      sample: () => {
        const count = name === WRITES_WHOLE_FILE ? IN_FLIGHT : isLarge ? Math.min(crowd, LARGE_CROWD) : crowd
        return timeInFlight(() => engine.set(entries.next(), entries.value()), count, IN_FLIGHT)
      },
    })),
    crowdedRounds,
  )
  const comparison = { title: `Sets of ${sizeLabel}, ${IN_FLIGHT} in flight, time by their number`, measurements }
  return { comparisons: [comparison], goals: [isLarge ? largeGoal(comparison) : smallGoal(comparison)] }
}

function smallGoal(comparison: Comparison): Goal {
  const own = medianOf(comparison, onDisk.label)
  return goal(
    'set resolved, 64 in flight, 1 KiB',
    '≥ 20,000 a second; ahead of lmdb, cacache, keyv, flat-cache; within 2× of better-sqlite3',
    [
      { value: rate(own), unit: '/s', atLeast: 20_000 },
      ...['lmdb', 'cacache', 'keyv', 'flat-cache', 'better-sqlite3'].map((name) => ({
        name: `of ${name}`,
        value: ratio(own, medianOf(comparison, name)),
        unit: '×' as const,
        atMost: name === 'better-sqlite3' ? 2 : 1,
      })),
    ],
  )
}

function largeGoal(comparison: Comparison): Goal {
  return goal('set, 256 KiB', '≥ 3× classic-level’s put rate', [
    {
      value: ratio(medianOf(comparison, 'classic-level'), medianOf(comparison, onDisk.label)),
      unit: '×',
      atLeast: 3,
    },
  ])
}
