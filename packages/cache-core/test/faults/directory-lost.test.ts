import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { temporaryDirectory, type TemporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache } from '../../src/index.js'
import { openShared, type SharedBench } from '../open-cache.js'

const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`)
const valueOf = (key: string) => (Number(key.slice(4)) % 8 === 0 ? `${key} `.repeat(15_000) : `${key} here`)

/** What happens to a directory under an owner and a follower. */
const losses: readonly [string, (directory: string, home: TemporaryDirectory) => void][] = [
  ['deleted', (directory) => rmSync(directory, { recursive: true })],
  ['moved away', (directory, home) => renameSync(directory, home.join('moved'))],
  [
    'replaced by a file',
    (directory, home) => {
      renameSync(directory, home.join('moved'))
      writeFileSync(directory, 'a file')
      setTimeout(() => rmSync(directory), 50)
    },
  ],
  [
    'replaced by a broken link',
    (directory, home) => {
      renameSync(directory, home.join('moved'))
      symlinkSync(home.join('nowhere'), directory)
      setTimeout(() => rmSync(directory), 50)
    },
  ],
  [
    'replaced by a link to an empty directory',
    (directory, home) => {
      renameSync(directory, home.join('moved'))
      mkdirSync(home.join('elsewhere'), { mode: 0o700 })
      symlinkSync(home.join('elsewhere'), directory)
    },
  ],
  [
    'replaced by another cache',
    (directory, home) => {
      renameSync(directory, home.join('moved'))
      renameSync(home.join('other'), directory)
    },
  ],
]

test.for(losses)(
  'when the directory is %s, an owner and a follower answer right or not at all, and share what is there now',
  async ([name, lose]) => {
    using home = temporaryDirectory()
    const other = await PersistentCache.open({ directory: home.join('other') })
    await other.setMany(keys.map((key) => [key, `${key} there`]))
    await other.close()
    await using bench = await openShared({ directory: home.join('cache'), memoryLimit: 0 })
    await bench.owner.setMany(keys.map((key) => [key, valueOf(key)]))
    lose(bench.directory, home)
    // Before anybody has noticed, and while they notice: what was there, what is there, or nothing.
    const isOther = name === 'replaced by another cache'
    for (let round = 0; round < 3; round += 1) {
      await expectRightOrMissing(bench, isOther)
      bench.clock.advance(1000)
    }
    await expect.poll(() => isShared(bench, `new ${name}`), { timeout: 20_000, interval: 20 }).toBe(true)
    expect(new Set([bench.owner.role, bench.follower.role])).toEqual(new Set(['owner', 'follower']))
    // Whoever looks first says so: the look at the directory once a second, or the first use of it.
    expect(['CACHE_DIRECTORY_REPLACED', 'CACHE_DEGRADED']).toContain(bench.warnings[0]?.code)
    for (const key of keys)
      expect([undefined, ...(isOther ? [`${key} there`] : [])]).toContain(await bench.follower.get(key))
  },
)

async function expectRightOrMissing({ owner, follower }: SharedBench, isOther: boolean): Promise<void> {
  for (const key of keys) {
    const allowed = [undefined, valueOf(key), ...(isOther ? [`${key} there`] : [])]
    for (const answer of [owner.getSync(key), await follower.get(key)]) expect(allowed).toContain(answer)
  }
}

/** Whether what one stores is seen by the other; moves the clock on while it is not. */
async function isShared({ owner, follower, clock }: SharedBench, value: string): Promise<boolean> {
  clock.advance(2000)
  const isStored = await follower.set('shared', value)
  return isStored && (await owner.get('shared')) === value
}
