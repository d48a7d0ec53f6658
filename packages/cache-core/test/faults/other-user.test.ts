import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache } from '../../src/index.js'
import { ownerOf } from '../raw-peer.js'

const isRoot = process.getuid?.() === 0
const otherUser = 65_534

/** Tries to connect to a socket as another user; answers the code of the error, or that it was let in. */
function connectAsOther(path: string): string {
  const script = `require('net').connect(process.argv[1], () => { console.log('connected'); process.exit() })
    .on('error', ({ code }) => console.log(code))`
  const { stdout } = spawnSync(process.execPath, ['-e', script, path], {
    encoding: 'utf8',
    uid: otherUser,
    gid: otherUser,
  })
  return stdout.trim()
}

test.skipIf(!isRoot)('another user cannot connect to the owner (needs root to run as another user)', async () => {
  using home = temporaryDirectory()
  chmodSync(home.path, 0o755)
  const directory = home.join('cache')
  const cache = await PersistentCache.open({ directory })
  const path = join(directory, ownerOf(directory).socket)
  expect(connectAsOther(path)).toBe('EACCES')
  // Not even when somebody opens the directory itself: the socket and the token are for its user alone.
  chmodSync(directory, 0o755)
  expect(connectAsOther(path)).toBe('EACCES')
  const reader = spawnSync('cat', [join(directory, 'owner.json')], { uid: otherUser, gid: otherUser, encoding: 'utf8' })
  expect([reader.status, reader.stdout]).toEqual([1, ''])
  expect(await cache.set('key', 1)).toBe(true)
  await cache.close()
})
