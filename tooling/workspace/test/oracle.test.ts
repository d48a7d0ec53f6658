import { FakeClock, drawPlan, mountedFileSystem, play, temporaryDirectory } from '@fsagent/testing'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { agentSubject, freshSubject } from './oracle/agent-subject.js'
import { runScenario, type RunReport } from './oracle/scenario.js'
import { longScenarios, scenarios } from './oracle/scenarios.js'

/** File operations of a long run, as `npm run oracle -- --operations N` asks for; 0 for the short one of `npm test`. */
const longRun = Number(process.env['FSAGENT_ORACLE_OPERATIONS'] ?? 0)
const operationsPerRun = 300
const firstSeed = Number(process.env['FSAGENT_SEED'] ?? Date.now() % 1_000_000)
const budget = longRun > 0 ? {} : { mostMilliseconds: 5_000 }
const patienceMs = 300_000
const played = longRun > 0 ? [...scenarios, ...longScenarios] : scenarios
const rounds = Math.max(1, Math.ceil(longRun / operationsPerRun / played.length))
/** Of all runs together; `stored` are hits, repairs and what was read and found to be as stored; `unread` the first two. */
const total = { operations: 0, queries: 0, stored: 0, unread: 0, refused: 0, differences: 0 }

/** Of all single commands together: answers of the engine, and stored ones. */
const commands = { bypass: 0, stored: 0 }

const runs = Array.from({ length: rounds }, (_, round) =>
  played.map((scenario, index) => ({ scenario, seed: firstSeed + round * played.length + index })),
).flat()

test.for(runs)(
  'every tool answers as if there was no cache, whatever is done to the files: $scenario.title, seed $seed',
  { timeout: patienceMs },
  async ({ scenario, seed }, { skip }) => {
    const { place } = scenario
    using disk = place === 'temporary' ? temporaryDirectory('fsagent-oracle-') : mountedFileSystem(place, 128)
    if (!('path' in disk)) return skip(`cannot mount: ${disk.reason}`)
    const report = await runScenario(scenario, { seed, operations: operationsPerRun, directory: disk.path, ...budget })
    if (scenario.agents.includes('command')) countCommands(report)
    else count(report)
    const { differences, shortest, ...counts } = report
    console.log(scenario.title, JSON.stringify({ seed, ...counts, differences: differences.length }))
    expect(differences, JSON.stringify(shortest)).toEqual([])
  },
)

test('single commands were answered by the engine, and in a long run also by what was stored', () => {
  console.log('single commands', JSON.stringify(commands))
  expect(longRun > 0 ? Math.min(commands.bypass, commands.stored) : commands.bypass).toBeGreaterThan(0)
})

test('at least 70 % of all questions were answered by what was stored, so that a cache that never answers cannot pass', () => {
  console.log('all runs', JSON.stringify(total))
  expect(total.queries).toBeGreaterThan(0)
  expect(total.stored / total.queries).toBeGreaterThanOrEqual(0.7)
  // A quarter of the questions is about what changed a moment ago, of which no time proves anything.
  expect(total.unread / total.queries).toBeGreaterThanOrEqual(0.4)
})

test(
  `a cache that trusts every timestamp gives other answers, and the comparison shows them (seed ${firstSeed})`,
  { timeout: patienceMs },
  async ({ skip }) => {
    using disk = mountedFileSystem('ext4-128', 128)
    if (!disk.mounted) return skip(`cannot mount: ${disk.reason}`)
    const [root, outside] = [join(disk.path, 'root'), join(disk.path, 'outside')]
    const options = { dataRoot: root, cacheDirectory: join(disk.path, 'cache'), useNewCache: true }
    // To a clock far ahead each file was written long ago, so that the cache takes every signature for a proof.
    const subject = agentSubject({ ...options, clock: new FakeClock(Date.UTC(2200, 0, 1)) })
    const steps = drawPlan({ seed: firstSeed, operations: 10 * operationsPerRun, subjects: 1 })
    const fresh = freshSubject(options)
    const { differences } = await play({ steps, root, outside, subjects: [subject], fresh, mostDifferences: 1 })
    await subject.close()
    expect(differences).not.toEqual([])
  },
)

/** Commands seldom go by a stored answer; but in runs that are long enough both ways have to have been compared. */
function countCommands({ outcomes }: RunReport): void {
  const { bypass = 0, hit = 0, repaired = 0 } = outcomes
  commands.bypass += bypass
  commands.stored += hit + repaired
}

function count({ operations, queries, differences, outcomes }: RunReport): void {
  const { hit = 0, repaired = 0, confirmed = 0, refused = 0 } = outcomes
  total.operations += Object.values(operations).reduce((sum, times) => sum + times, 0)
  total.queries += queries
  total.stored += hit + repaired + confirmed
  total.unread += hit + repaired
  total.refused += refused
  total.differences += differences.length
}
