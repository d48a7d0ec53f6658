import { seededRandom, temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache } from '../../src/index.js'
import { printCounts, runSize } from './run-size.js'
import { runWithFaults, whyNoInjection } from './system-calls.js'

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
      const { description, exitCode, injected, report } = await runWithFaults(directory, seededRandom(seed))
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
