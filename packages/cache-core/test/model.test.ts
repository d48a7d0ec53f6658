import { rmSync } from 'node:fs'
import { temporaryDirectory } from '@fsagent/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Model } from './model/model.js'
import { runCacheStep } from './model/run-cache-step.js'
import { modelTimeoutMs, runCount } from './model/run-count.js'
import { runStoreStep } from './model/run-store-step.js'
import { anyStep } from './model/step.js'
import { openCache, openInTurn } from './open-cache.js'
import { openLevelCache } from './open-level-cache.js'

test.each([
  ['a cache', openCache, { isAlone: true, usual: 20 }],
  ['a cache in a level', openLevelCache, { isAlone: true, usual: 20 }],
  ['an owner and a follower, used in turn,', openInTurn, { isAlone: false, usual: 12 }],
])(
  '%s can do whatever a map with expiry and tags can, and ledger and indexes stay exact',
  async (_, open, { isAlone, usual }) => {
    using home = temporaryDirectory()
    const backupFile = home.join('backup')
    const tried: Record<string, number> = {}
    const property = fc.asyncProperty(fc.array(anyStep, { minLength: 20, maxLength: 60 }), async (steps) => {
      rmSync(backupFile, { force: true })
      await using bench = await open({ memoryLimit: 100_000 })
      const run = { bench, model: new Model(), isAlone, backupFile }
      for (const step of steps) {
        if ('name' in step) await runStoreStep(run, step)
        else await runCacheStep(run, step)
        tried[step.type] = (tried[step.type] ?? 0) + 1
      }
      await bench.cache.compact()
      const { stated, counted } = await bench.audit()
      expect(stated).toEqual(counted)
      expect(bench.warnings).toEqual([])
    })
    await fc.assert(property, { numRuns: runCount(usual) })
    process.stdout.write(`${JSON.stringify({ runs: runCount(usual), tried })}\n`)
  },
  modelTimeoutMs,
)
