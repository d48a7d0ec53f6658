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
    const { differences } = await playSearch({ directory: disk.path, steps: steps(seed), settings })
    if (on) expect(differences).toEqual([])
    else expect(differences).not.toEqual([])
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
