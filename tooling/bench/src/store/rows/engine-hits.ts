import { goal, type Goal } from '../../goal.js'
import { measureInTurns, timeEach, timeEachSync, type Sampler } from '../../measure.js'
import { medianOf, ratio, type Comparison, type SuiteResult } from '../../suite-result.js'
import type { Engine } from '../engine.js'
import { EngineChild } from '../engine-child.js'
import type { Entries } from '../entries.js'
import { inMemory, onDisk, type OpenedEngines } from '../opened-engines.js'
import type { StoreSettings } from '../store-settings.js'

const BARE = 'classic-level getSync'
const AWAITED = 'classic-level'
const FOLLOWER = 'cache-core, memory tier of a follower'
const DISK_PEERS = ['better-sqlite3', 'cacache', 'keyv', 'flat-cache'] as const
/** An engine that reads everything to give one value is asked in so many of the turns only. */
const COLD_HITS = 3

/** The entries that are read and how often. */
export interface HitSettings extends StoreSettings {
  readonly entryCount: number
  readonly valueBytes: number
  readonly sizeLabel: string
  readonly folder: string
}

/** Hits of values that are in memory, a follower's among them. */
export async function compareMemoryHits(
  engines: OpenedEngines,
  entries: Entries,
  settings: HitSettings,
): Promise<SuiteResult> {
  const { entryCount, valueBytes, rounds, runsPerRound, sizeLabel, folder } = settings
  const directory = `${folder}/${inMemory.label}`
  await using follower = await EngineChild.open({
    engine: 'cache-core',
    options: { directory },
    entries: entryCount,
    valueBytes,
  })
  const hot = (label: string): Sampler[] => {
    const engine = engines.get(label)
    if (engine === undefined) return []
    return [{ name: label, sample: () => timeEach(() => engine.get(entries.nextHot()), runsPerRound) }]
  }
  const measurements = await measureInTurns(
    [
      ...hot(AWAITED),
      ...hot(inMemory.label),
      { name: FOLLOWER, sample: () => follower.tell({ type: 'timeGets', count: runsPerRound, isHot: true }) },
      ...hot('lru-cache'),
      ...hot('flat-cache'),
    ],
    rounds,
  )
  const comparison = { title: `Hits of ${sizeLabel} in memory, awaited`, measurements }
  return { comparisons: [comparison], goals: valueBytes === 1024 ? memoryGoals(comparison) : [] }
}

/** Hits of values that are on disk, most of them in the page cache of the system. */
export async function compareDiskHits(
  engines: OpenedEngines,
  entries: Entries,
  settings: HitSettings,
): Promise<SuiteResult> {
  const { entryCount, rounds, runsPerRound, sizeLabel } = settings
  const samplers: Sampler[] = []
  for (const [label, engine] of engines) {
    if (label === inMemory.label || label === 'lru-cache') continue
    if (label === AWAITED) {
      const read = (): unknown => engine.getSync?.(entries.next())
      samplers.unshift({ name: BARE, sample: () => timeEachSync(read, runsPerRound) })
    }
    samplers.push(
      engine.getCold === undefined
        ? { name: label, sample: () => timeEach(() => engine.get(entries.next()), runsPerRound) }
        : { name: label, sample: coldSampler(engine, entries, Math.ceil(rounds / COLD_HITS)) },
    )
  }
  const measurements = await measureInTurns(samplers, rounds)
  const comparison = { title: `Hits of ${sizeLabel} on disk among ${entryCount} entries, awaited`, measurements }
  return { comparisons: [comparison], goals: [diskGoal(comparison, settings)] }
}

function hasMedian({ measurements }: Comparison, label: string): boolean {
  return measurements.some(({ name }) => name === label)
}

function coldSampler(engine: Engine, entries: Entries, turnsApart: number): Sampler['sample'] {
  let turn = 0
  return () => {
    turn += 1
    return turn % turnsApart === 0 ? timeEach(() => engine.getCold?.(entries.next()), 1) : []
  }
}

function memoryGoals(comparison: Comparison): readonly Goal[] {
  const level = medianOf(comparison, AWAITED)
  const bounds = (label: string) => {
    const median = medianOf(comparison, label)
    return [
      { value: ratio(level, median), unit: '×', atLeast: 15 },
      { value: median, unit: 'µs', atMost: 3 },
    ] as const
  }
  return [
    goal(
      'hit in the memory tier, awaited, a follower being there',
      '≥ 15× faster than classic-level’s awaited get; ≤ 3 µs',
      bounds(inMemory.label),
    ),
    goal('follower hit in its memory tier', 'as the owner’s', bounds(FOLLOWER)),
  ]
}

function diskGoal(comparison: Comparison, { valueBytes, sizeLabel }: HitSettings): Goal {
  const own = medianOf(comparison, onDisk.label)
  if (valueBytes > 65_536)
    return goal(`hit on disk, ${sizeLabel}`, '≤ 1.5× readFileSync', [
      { value: ratio(own, medianOf(comparison, 'file system')), unit: '×', atMost: 1.5 },
    ])
  return goal(
    `hit on disk in the owner, ${sizeLabel}`,
    '≤ 1.6× classic-level’s getSync; ahead of better-sqlite3, cacache, keyv, flat-cache',
    [
      { value: ratio(own, medianOf(comparison, BARE)), unit: '×', atMost: 1.6 },
      ...DISK_PEERS.filter((name) => hasMedian(comparison, name)).map((name) => ({
        name: `of ${name}`,
        value: ratio(own, medianOf(comparison, name)),
        unit: '×' as const,
        atMost: 1,
      })),
    ],
  )
}
