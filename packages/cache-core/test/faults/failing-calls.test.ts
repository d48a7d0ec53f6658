import { join } from 'node:path'
import { seededRandom, temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache, systemClock } from '../../src/index.js'
import { openCache } from '../open-cache.js'
import { printCounts, runSize } from './run-size.js'
import { accessCalls, anyInjection, runWithFaults, statCalls, whyNoInjection } from './system-calls.js'

test(
  `failing system calls make misses and refused sets, and the cache recovers (${runSize.injections} runs from seed ${runSize.firstSeed})`,
  { timeout: runSize.timeoutMs },
  async (context) => {
    const reason = whyNoInjection()
    if (reason !== undefined) return context.skip(`cannot make system calls fail: ${reason}`)
    using home = temporaryDirectory('fsagent-calls-')
    const failures: string[] = []
    const counts = { runs: 0, injected: 0, served: 0, stored: 0, found: 0, refused: 0, degraded: 0, recovered: 0 }
    for (let seed = runSize.firstSeed; seed < runSize.firstSeed + runSize.injections; seed += 1) {
      const directory = home.join(`cache-${seed}`)
      // Every third worker is the follower of an owner whose own calls do not fail, every third has a thread that serves.
      const owner = seed % 3 === 0 ? await PersistentCache.open({ directory }) : undefined
      const injection = anyInjection(directory, seededRandom(seed))
      const run = await runWithFaults(injection, { directory, seed, rounds: 60, isServed: seed % 3 === 1 })
      const { description, exitCode, injected, report } = run
      await owner?.close()
      counts.runs += 1
      counts.injected += injected
      for (const name of ['served', 'stored', 'found', 'refused', 'degraded', 'recovered'] as const)
        counts[name] += report[name]
      const wrong = exitCode === 0 ? report.wrong : [...report.wrong, `exit code ${exitCode}`]
      if (wrong.length > 0) failures.push(`seed ${seed}, ${description}: ${wrong.join('; ')}`)
    }
    printCounts({ ...counts, failures: failures.length })
    expect(failures.slice(0, 10)).toEqual([])
    expect(counts.injected).toBeGreaterThan(counts.runs / 2)
    expect(Math.min(counts.stored, counts.found)).toBeGreaterThan(counts.runs * 20)
  },
)

test.for([
  ['election', statCalls],
  ['db-v1', accessCalls],
] as const)(
  'a look for the database in %s that fails (%s) keeps nobody from opening it later, with all its entries',
  async ([folder, calls], context) => {
    const reason = whyNoInjection()
    if (reason !== undefined) return context.skip(`cannot make system calls fail: ${reason}`)
    await using bench = await openCache({ clock: systemClock })
    const kept = Array.from({ length: 100 }, (_, index) => [`kept-${index}`, index] as const)
    await bench.cache.setMany(kept)
    await bench.cache.compact()
    await bench.cache.close()
    const { directory } = bench
    const injection = { calls, code: 'EACCES', when: '1', paths: [join(directory, folder, 'CURRENT')] }
    const { injected, report } = await runWithFaults(injection, { directory, seed: 1, rounds: 0 })
    expect(injected).toBeGreaterThan(0)
    expect(report.wrong).toEqual([])
    // Each thread of the process looks for itself, and fails once.
    expect(new Set(report.warnings.map((warning) => warning.split(':')[0]))).toEqual(new Set(['CACHE_DEGRADED']))
    await bench.reopen()
    expect(await bench.cache.getMany(kept.map(([key]) => key))).toEqual(kept.map(([, value]) => value))
  },
)
