import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ManualTime, mountedFileSystem, shrink, temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { playSearch, sabotages, unseenWrites } from './oracle/sabotage.js'

const seed = Number(process.env['FSAGENT_SEED'] ?? Date.now() % 1_000_000)
const patienceMs = 120_000

const cases = sabotages.flatMap((sabotage) => [true, false].map((on) => ({ ...sabotage, on })))

test.for(cases)(
  `the oracle finds a difference exactly when a rule of the index is off: $rule $on (seed ${seed})`,
  { timeout: patienceMs },
  async ({ rule, on, place, freshness, steps }, { skip }) => {
    using disk = place === 'temporary' ? temporaryDirectory('fsagent-oracle-') : mountedFileSystem(place, 128)
    if (!('path' in disk)) return skip(`cannot mount: ${disk.reason}`)
    const settings = { internals: { rules: { [rule]: on } }, ...(freshness && { freshness }) }
    const differencesOf = async (round: number): Promise<readonly unknown[]> => {
      const directory = join(disk.path, `${round}`)
      mkdirSync(directory)
      return (await playSearch({ directory, steps: steps(seed + round), settings })).differences
    }
    if (on) expect(await differencesOf(0)).toEqual([])
    else expect(await untilSome(differencesOf)).not.toEqual([])
  },
)

test(
  `writes through a name that came later and outside are seen by the next audit at the latest (seed ${seed})`,
  { timeout: patienceMs },
  async () => {
    using directory = temporaryDirectory('fsagent-oracle-')
    const time = new ManualTime()
    const { differences, ...counts } = await playSearch({
      directory: directory.path,
      steps: unseenWrites(seed),
      settings: { clock: time.clock, internals: { startTimer: time.startTimer } },
      exception: { operation: 'writeThroughOutsideName', audit: () => time.passMinute() },
    })
    console.log('the documented exception', JSON.stringify(counts))
    expect(differences).toEqual([])
    expect(counts.excused).toBeGreaterThan(0)
  },
)

test('a failing run is shrunk to the steps that it needs', async () => {
  const steps = Array.from({ length: 100 }, (_, index) => index)
  const needed = [3, 50, 51, 99]
  const fails = async (some: readonly number[]): Promise<boolean> => needed.every((step) => some.includes(step))
  expect(await shrink(steps, { fails, mostMilliseconds: Infinity })).toEqual(needed)
  expect(await shrink(steps, { fails, mostMilliseconds: 0 })).toEqual(steps)
})

/** What is drawn need not meet the rule each time: up to eight plans are played. */
async function untilSome(differencesOf: (round: number) => Promise<readonly unknown[]>): Promise<readonly unknown[]> {
  for (let round = 0; round < 8; round += 1) {
    const differences = await differencesOf(round)
    if (differences.length > 0) return differences
  }
  return []
}
