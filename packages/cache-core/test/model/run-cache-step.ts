import { existsSync } from 'node:fs'
import { expect } from 'vitest'
import type { CacheBench } from '../open-cache.js'
import type { Model } from './model.js'
import type { CacheStep } from './step.js'

/** What the steps of one run share. */
export interface ModelRun {
  readonly bench: CacheBench
  readonly model: Model
  /** Whether one object of the class is used at a time, so that its counts are all counts. */
  readonly isAlone: boolean
  /** Where backups are written. */
  readonly backupFile: string
}

/** Does a step with the cache and with the model, and compares what they say. */
export async function runCacheStep({ bench, model, backupFile, isAlone }: ModelRun, step: CacheStep): Promise<void> {
  const { clock } = bench
  const now = clock.now()
  if (step.type === 'advance') clock.advance(step.milliseconds)
  else if (step.type === 'reopen') await reopen({ bench, model }, step.memoryLimit)
  else if (step.type === 'verify') {
    const { checkedEntries, durationMs, ...wrong } = await bench.cache.verify()
    expect(checkedEntries).toBeGreaterThanOrEqual(0)
    expect(durationMs).toBeGreaterThanOrEqual(0)
    expect(Object.entries(wrong).filter(([, count]) => count !== 0)).toEqual([])
  } else if (step.type === 'backup') {
    const { entries } = await bench.cache.backup(backupFile)
    expect(entries).toBe(model.backup(now))
  } else if (step.type === 'restore') {
    if (!existsSync(backupFile)) return
    const { entries } = await bench.cache.restore(backupFile)
    expect(entries).toBe(model.restore(now))
  } else {
    await bench.cache.compact()
    const left = model.sweep(now)
    if (isAlone) expect(bench.cache.stats().size).toBe(left)
    // What had expired until then is swept by now, so that it cannot come back.
    if (step.type === 'setBack') clock.setWall(now - 5000)
  }
}

/** Closes the cache, sees that it is closed, and opens it again. */
async function reopen({ bench, model }: Pick<ModelRun, 'bench' | 'model'>, memoryLimit: number): Promise<void> {
  const closed = bench.cache
  await bench.reopen({ memoryLimit })
  expect([await closed.get('k'), await closed.set('k', 1), await closed.delete('k')]).toEqual([undefined, false, false])
  expect(await closed.getOrSet('k', () => 'loaded')).toBe('loaded')
  model.forgetCounts()
}
