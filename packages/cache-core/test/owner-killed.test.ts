import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache } from '../src/index.js'
import { auditDatabase } from './audit-database.js'
import { openCacheProcess } from './cache-process.js'

test.each([100, 70_000])(
  'every set of %i bytes that was acknowledged before kill -9 is there after it',
  async (size) => {
    using home = temporaryDirectory()
    const directory = home.join('cache')
    for (let round = 1; round <= 3; round += 1) {
      await using child = await openCacheProcess({ directory })
      child.send('stream', size)
      let acknowledged = -1
      while (acknowledged < round * 20) acknowledged = Number(await child.next())
      await child.kill()
      const cache = await PersistentCache.open({ directory })
      const keys = Array.from({ length: acknowledged + 1 }, (_, index) => index)
      expect(await cache.getMany(keys.map((index) => `a-${index}`))).toEqual(keys.map(() => 'x'.repeat(size)))
      expect(await cache.getMany(keys.map((index) => `b-${index}`))).toEqual(
        keys.map((index) => `${'x'.repeat(size)}${index}`),
      )
      await cache.close()
      const { stated, counted } = await auditDatabase(directory)
      expect(stated).toEqual(counted)
    }
  },
)
