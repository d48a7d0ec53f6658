import { FakeClock, type MountKind, mountedFileSystem, temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { runOracle, type OracleReport } from './oracle/run-oracle.js'

/** File operations of a long run, as `npm run oracle -- --operations N` asks for; 0 for the short one of `npm test`. */
const longRun = Number(process.env['FSAGENT_ORACLE_OPERATIONS'] ?? 0)
const operationsPerTree = 300
const firstSeed = Number(process.env['FSAGENT_SEED'] ?? Date.now() % 1_000_000)
const trees = Math.max(1, Math.ceil(longRun / operationsPerTree))
const budget = longRun > 0 ? {} : { mostMilliseconds: 6_000 }
const patienceMs = 300_000

// Each file system stamps its files in a way of its own: by nanoseconds, by the ticks of the kernel, by seconds.
const places: readonly (MountKind | 'temporary')[] = ['temporary', 'ramfs', 'ext4-128']

const runs = Array.from({ length: longRun > 0 ? trees : places.length }, (_, index) => ({
  seed: firstSeed + index,
  place: places[index % places.length] ?? 'temporary',
}))

test.for(runs)(
  'every tool answers as if there was no cache, whatever is done to the files ($place, seed $seed)',
  { timeout: patienceMs },
  async ({ seed, place }, { skip }) => {
    using disk = place === 'temporary' ? temporaryDirectory('fsagent-oracle-') : mountedFileSystem(place, 128)
    if (!('path' in disk)) return skip(`cannot mount: ${disk.reason}`)
    const report = await runOracle({ seed, operations: operationsPerTree, directory: disk.path, ...budget })
    expectSameAnswers(report)
  },
)

test(
  `a cache that trusts every timestamp gives other answers, and the comparison shows them (seed ${firstSeed})`,
  { timeout: patienceMs },
  async ({ skip }) => {
    using disk = mountedFileSystem('ext4-128', 128)
    if (!disk.mounted) return skip(`cannot mount: ${disk.reason}`)
    // To a clock far ahead each file was written long ago, so that the cache takes every signature for a proof.
    const settings = { clock: new FakeClock(Date.UTC(2200, 0, 1)) }
    const options = { seed: firstSeed, operations: 10 * operationsPerTree, directory: disk.path, settings }
    const { differences } = await runOracle({ ...options, mostDifferences: 1 })
    expect(differences).not.toEqual([])
  },
)

function expectSameAnswers({ differences, ...counts }: OracleReport): void {
  console.log(JSON.stringify({ ...counts, differences: differences.length }))
  expect(differences.slice(0, 2)).toEqual([])
  const { hit = 0, repaired = 0, confirmed = 0, miss = 0, bypass = 0 } = counts.outcomes
  const stored = hit + repaired + confirmed
  expect(stored, 'too few answers came from the cache').toBeGreaterThanOrEqual((stored + miss + bypass) / 2)
}
