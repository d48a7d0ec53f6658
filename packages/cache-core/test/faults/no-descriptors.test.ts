import { spawnSync } from 'node:child_process'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { fixture } from '../cache-process.js'

test.skipIf(process.platform === 'win32')(
  'a process without descriptors misses its large values, and has all of them when it has some again',
  () => {
    using home = temporaryDirectory()
    const limited = ['-c', 'ulimit -n 120 && exec "$@"', 'sh', process.execPath, fixture('descriptor-user.mjs')]
    const run = spawnSync('sh', [...limited, home.join('cache')], { encoding: 'utf8', timeout: 20_000 })
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' })
    const { meanwhile, afterwards } = JSON.parse(run.stdout) as Record<'meanwhile' | 'afterwards', readonly number[]>
    expect([...new Set(meanwhile)].filter((length) => length !== 140_000)).toEqual([0])
    expect(afterwards).toEqual(Array(10).fill(140_000))
  },
)
