import { join } from 'node:path'
import { seededRandom, temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache } from '../../src/index.js'
import { printCounts, runSize } from './run-size.js'
import { anyInjection, runWithFaults, statCalls, whyNoInjection } from './system-calls.js'

test(
  `failing system calls make misses and refused sets, and the cache recovers (${runSize.injections} runs from seed ${runSize.firstSeed})`,
  { timeout: runSize.timeoutMs },
  async (context) => {
    const reason = whyNoInjection()
    if (reason !== undefined) return context.skip(`cannot make system calls fail: ${reason}`)
    using home = temporaryDirectory('fsagent-calls-')
    const failures: string[] = []
    const counts = { runs: 0, injected: 0, stored: 0, found: 0, refused: 0, degraded: 0, recovered: 0 }
    for (let seed = runSize.firstSeed; seed < runSize.firstSeed + runSize.injections; seed += 1) {
      const directory = home.join(`cache-${seed}`)
      // Every third worker is the follower of an owner whose own calls do not fail.
      const owner = seed % 3 === 0 ? await PersistentCache.open({ directory }) : undefined
      const injection = anyInjection(directory, seededRandom(seed))
      const run = await runWithFaults(injection, { directory, seed, rounds: 60 })
      const { description, exitCode, injected, report } = run
      await owner?.close()
      counts.runs += 1
      counts.injected += injected
      for (const name of ['stored', 'found', 'refused', 'degraded', 'recovered'] as const) counts[name] += report[name]
      const wrong = exitCode === 0 ? report.wrong : [...report.wrong, `exit code ${exitCode}`]
      if (wrong.length > 0) failures.push(`seed ${seed}, ${description}: ${wrong.join('; ')}`)
    }
    printCounts({ ...counts, failures: failures.length })
    expect(failures.slice(0, 10)).toEqual([])
    expect(counts.injected).toBeGreaterThan(counts.runs)
    expect(Math.min(counts.stored, counts.found)).toBeGreaterThan(counts.runs * 20)
  },
)

test.for(['election', 'db-v1'])(
  'one look at a file of %s that fails in the middle of opening leaves no lock behind',
  async (folder, context) => {
    const reason = whyNoInjection()
    if (reason !== undefined) return context.skip(`cannot make system calls fail: ${reason}`)
    using home = temporaryDirectory('fsagent-calls-')
    const directory = home.join('cache')
    const injection = { calls: statCalls, code: 'EACCES', when: '1', paths: [join(directory, folder, 'CURRENT')] }
    const { injected, report } = await runWithFaults(injection, { directory, seed: 1, rounds: 1 })
    expect(injected).toBeGreaterThan(0)
    expect(report.wrong).toEqual([])
    // Each thread of the process looks for itself, and fails once.
    expect(new Set(report.warnings.map((warning) => warning.split(':')[0]))).toEqual(new Set(['CACHE_DEGRADED']))
  },
)
