import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache } from '../../src/index.js'
import { openCacheProcess } from '../cache-process.js'

/** What programs that copy or look at files do; all of them open and close the LOCK files too. */
const programs: readonly [string, readonly string[]][] = [
  ['cp -a', ['cp', '-a', 'cache', 'copy']],
  ['tar', ['sh', '-c', 'mkdir copy && tar -cf - cache | tar -xf - -C copy --strip-components=1']],
  ['cat', ['sh', '-c', 'mkdir copy && find cache -type f -exec cat {} + > copy/all; rm copy/all']],
  ['ls', ['sh', '-c', 'mkdir copy && ls -lR cache']],
  ['touch and chmod', ['sh', '-c', 'mkdir copy && find cache -type f -exec touch {} + && chmod -R u+rw cache']],
]

test.for(programs)(
  'another program that goes through all files of a cache in use (%s) does no harm to it',
  async ([, [command = '', ...args]]) => {
    using home = temporaryDirectory()
    const directory = home.join('cache')
    await using owner = await openCacheProcess({ directory })
    await using follower = await openCacheProcess({ directory })
    await owner.call('setMany', [
      ['key', 'kept'],
      ['large', 'x'.repeat(100_000)],
    ])
    await owner.call('startLoad', 'load', 500)
    await follower.call('startLoad', 'other', 500)
    for (let round = 0; round < 3; round += 1) {
      spawnSync('rm', ['-rf', home.join('copy')])
      // A file that vanishes while it is copied makes these programs complain: that is no fault of theirs.
      spawnSync(command, args, { cwd: home.path, stdio: 'ignore' })
    }
    expect(await owner.call('stopLoad', 'load')).toMatchObject({ wrong: 0, rejected: 0, refused: 0, lost: [] })
    expect(await follower.call('stopLoad', 'other')).toMatchObject({ wrong: 0, rejected: 0 })
    // The lock still keeps others out: a third process follows.
    await using late = await openCacheProcess({ directory })
    expect([await owner.call('role'), await late.call('role')]).toEqual(['owner', 'follower'])
    const get = () => late.call('getMany', ['key', 'large'])
    await expect.poll(get, { timeout: 20_000, interval: 50 }).toEqual(['kept', 'x'.repeat(100_000)])
    expect(await owner.call('warnings')).toEqual([])
    await expectUsable(home.join('copy'))
  },
)

/** A copy made meanwhile is a cache of its own: its owner is not the one of the original. */
async function expectUsable(directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true })
  const copy = await PersistentCache.open({ directory })
  expect(copy.role).toBe('owner')
  expect([undefined, 'kept']).toContain(await copy.get('key'))
  expect([undefined, 'x'.repeat(100_000)]).toContain(await copy.get('large'))
  expect(await copy.set('key', 'of the copy')).toBe(true)
  await copy.close()
}
