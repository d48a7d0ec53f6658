import { join } from 'node:path'
import { goal, type Goal } from '../../goal.js'
import { measureInTurns } from '../../measure.js'
import { medianOf, rate, type Comparison, type SuiteResult } from '../../suite-result.js'
import { withTemporaryFolder } from '../../temporary-folder.js'
import { EngineChild } from '../engine-child.js'
import { inMemory, onDisk, type Variant } from '../opened-engines.js'
import type { StoreSettings } from '../store-settings.js'

const PROCESSES = 4
const VALUE_BYTES = 1024
const CROWD = 32
const SET_SHARE = 0.1
const OWN: Variant = { ...inMemory, label: 'cache-core' }
const OWN_ON_DISK: Variant = { ...onDisk, label: 'cache-core without its memory tier' }

/** What several processes can use at once. */
export const sharedVariants: readonly Variant[] = [
  OWN,
  OWN_ON_DISK,
  { label: 'lmdb', engine: 'lmdb' },
  { label: 'better-sqlite3', engine: 'better-sqlite3' },
]

interface Team {
  readonly name: string
  readonly team: readonly EngineChild[]
}

/** Four processes that read and write the same entries at once. */
export async function compareFourProcesses(
  variants: readonly Variant[],
  settings: StoreSettings,
): Promise<SuiteResult> {
  return await withTemporaryFolder(async (folder) => {
    const children: EngineChild[] = []
    try {
      const teams: Team[] = []
      for (const variant of variants) {
        const team: EngineChild[] = []
        for (let index = 0; index < PROCESSES; index += 1) {
          team.push(await openMember(variant, join(folder, variant.label), settings))
          children.push(...team.slice(-1))
          if (index === 0) await team[0]?.tell({ type: 'fill' })
        }
        for (const member of team) await member.tell({ type: 'readAll' })
        teams.push({ name: variant.label, team })
      }
      const compare = async (inFlight: number): Promise<Comparison> => ({
        title: `${PROCESSES} processes, 90 % get and 10 % set of 1 KiB, ${inFlight} in flight in each, time by the number of all`,
        measurements: await measureInTurns(
          teams.map(({ name, team }) => ({ name, sample: () => timeTeam(team, settings.mixMs, inFlight) })),
          settings.mixRounds,
        ),
      })
      const [oneByOne, crowded] = [await compare(1), await compare(CROWD)]
      return { comparisons: [oneByOne, crowded], goals: [mixGoal(oneByOne, crowded)] }
    } finally {
      // The owner last, so that none of the others has to take over.
      for (const child of children.reverse()) await child[Symbol.asyncDispose]()
    }
  })
}

function openMember({ engine, options }: Variant, directory: string, settings: StoreSettings): Promise<EngineChild> {
  return EngineChild.open({
    engine,
    options: { ...options, directory },
    entries: settings.entries,
    valueBytes: VALUE_BYTES,
  })
}

/** Each member gives its time for one operation; their rates add up. */
async function timeTeam(
  team: readonly EngineChild[],
  milliseconds: number,
  inFlight: number,
): Promise<readonly number[]> {
  const command = { type: 'timeMix', milliseconds, inFlight, setShare: SET_SHARE } as const
  const times = await Promise.all(team.map((member) => member.tell(command)))
  return [1 / times.flat().reduce((total, time) => total + 1 / time, 0)]
}

function mixGoal(oneByOne: Comparison, crowded: Comparison): Goal {
  const own = medianOf(oneByOne, OWN.label)
  return goal('four processes, 90 % get and 10 % set, in all', '≥ 40,000 a second, ahead of lmdb', [
    { value: rate(own), unit: '/s', atLeast: 40_000 },
    { name: 'lmdb', value: rate(medianOf(oneByOne, 'lmdb')), unit: '/s', atMost: rate(own) ?? 0 },
    { name: 'without the memory tier', value: rate(medianOf(oneByOne, OWN_ON_DISK.label)), unit: '/s' },
    { name: `with ${CROWD} in flight`, value: rate(medianOf(crowded, OWN.label)), unit: '/s' },
    { name: `lmdb with ${CROWD} in flight`, value: rate(medianOf(crowded, 'lmdb')), unit: '/s' },
  ])
}
