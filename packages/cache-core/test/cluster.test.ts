import { spawnSync } from 'node:child_process'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { fixture } from './cache-process.js'

test('workers of a cluster share a cache, and go on when the one that owned it is killed', () => {
  using home = temporaryDirectory()
  // Too long for a socket's address: the way round it leads elsewhere in the primary, which opens what workers share.
  const directory = home.join('long-'.repeat(24))
  const run = spawnSync(process.execPath, [fixture('cluster-opener.mjs'), directory], {
    encoding: 'utf8',
    timeout: 20_000,
  })
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' })
  const all = ['first', 'second', 'third']
  expect(JSON.parse(run.stdout)).toEqual([
    ['set', true, 'owner'],
    ['set', true, 'follower'],
    ['set', true, 'follower'],
    ['getMany', all, expect.any(String)],
    ['getMany', all, expect.any(String)],
  ])
})
