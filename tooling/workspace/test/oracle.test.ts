import { FakeClock, type MountKind, mountedFileSystem, temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { runOracle, type OracleReport } from './oracle/run-oracle.js'

interface Place {
  readonly place: MountKind | 'temporary'
  readonly freshness: 'auto' | 'watch'
}

/** File operations of a long run, as `npm run oracle -- --operations N` asks for; 0 for the short one of `npm test`. */
const longRun = Number(process.env['FSAGENT_ORACLE_OPERATIONS'] ?? 0)
const operationsPerTree = 300
const firstSeed = Number(process.env['FSAGENT_SEED'] ?? Date.now() % 1_000_000)
const trees = Math.max(1, Math.ceil(longRun / operationsPerTree))
const budget = longRun > 0 ? {} : { mostMilliseconds: 6_000 }
const patienceMs = 300_000
/** Answers over all trees together: those that came from the cache, and all that were no refusal. */
const answered = { stored: 0, all: 0 }

/** The documented exception: a name outside the root, made after the file was indexed, raises no event in the root. */
const unseenByWatch = ['writeThroughOutsideName']

// Each file system stamps its files in a way of its own: by nanoseconds, by the ticks of the kernel, by seconds.
const scanned: Place = { place: 'temporary', freshness: 'auto' }
const places: readonly Place[] = [
  scanned,
  { place: 'ramfs', freshness: 'auto' },
  { place: 'ext4-128', freshness: 'auto' },
  { place: 'temporary', freshness: 'watch' },
  { place: 'ext4-128', freshness: 'watch' },
]

const runs = Array.from({ length: longRun > 0 ? trees : places.length }, (_, index) => ({
  seed: firstSeed + index,
  ...(places[index % places.length] ?? scanned),
}))

test.for(runs)(
  'every tool answers as if there was no cache, whatever is done to the files ($place, $freshness, seed $seed)',
  { timeout: patienceMs },
  async ({ seed, place, freshness }, { skip }) => {
    using disk = place === 'temporary' ? temporaryDirectory('fsagent-oracle-') : mountedFileSystem(place, 128)
    if (!('path' in disk)) return skip(`cannot mount: ${disk.reason}`)
    const settings = { cacheFreshness: freshness }
    const without = freshness === 'watch' ? unseenByWatch : []
    const report = await runOracle({
      seed,
      operations: operationsPerTree,
      directory: disk.path,
      settings,
      without,
      ...budget,
    })
    expectSameAnswers(report)
  },
)

test('at least half of all answers came from the cache, so that one that never answers cannot pass', () => {
  expect(answered.all).toBeGreaterThan(0)
  expect(answered.stored / answered.all).toBeGreaterThanOrEqual(0.5)
})

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
  answered.stored += stored
  answered.all += stored + miss + bypass
}
