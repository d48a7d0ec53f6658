import { spawnSync } from 'node:child_process'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache } from '../src/index.js'
import { auditDatabase } from './audit-database.js'
import { fixture } from './cache-process.js'

/** How a process leaves, with what exit code, and what it may say of that. */
const ways: readonly [way: string, status: number, errors: RegExp][] = [
  ['end', 0, /^$/],
  ['exit', 7, /^$/],
  ['throw', 1, /on purpose/],
  ['close', 3, /^$/],
  ['terminate', 5, /^$/],
]

/** Turns of the event loop until it leaves: before the thread is up, while it takes over, and when it serves. */
const moments = ['1', '200', 'served'] as const

test.each(ways)('a process whose thread serves can leave by "%s", and what was acknowledged stays', async (...row) => {
  const [way, status, errors] = row
  for (const moment of moments) {
    using home = temporaryDirectory()
    const directory = home.join('cache')
    const run = spawnSync(process.execPath, [fixture('thread-leaver.mjs'), directory, way, moment], {
      encoding: 'utf8',
      timeout: 30_000,
    })
    expect({ moment, status: run.status, signal: run.signal, stderr: run.stderr }).toEqual({
      moment,
      status,
      signal: null,
      stderr: expect.stringMatching(errors),
    })
    const acknowledged = run.stdout.split('\n').filter((line) => line !== '')
    expect(acknowledged.length).toBeGreaterThan(30)
    const cache = await PersistentCache.open({ directory })
    expect(cache.role).toBe('owner')
    const values = await cache.getMany(acknowledged)
    expect(acknowledged.filter((_, index) => values[index] === undefined)).toEqual([])
    if (way === 'end') expect(acknowledged).toHaveLength(400)
    await cache.close()
    const { stated, counted } = await auditDatabase(directory)
    expect(stated).toEqual(counted)
  }
})
