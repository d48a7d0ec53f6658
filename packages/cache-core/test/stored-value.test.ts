import { expect, test } from 'vitest'
import { openCache } from './open-cache.js'

test.each([0, 1_000_000])('bytes are the own ones of whoever got them (memory limit %i)', async (memoryLimit) => {
  await using bench = await openCache({ memoryLimit })
  const given = Uint8Array.from([1, 2, 3])
  await bench.cache.set('key', given)
  given[0] = 9
  await bench.reopen()
  for (const round of ['from disk', 'again']) {
    const got = await bench.cache.get<Uint8Array>('key')
    expect(got, round).toStrictEqual(Uint8Array.from([1, 2, 3]))
    got?.fill(7)
  }
  expect(bench.cache.getSync('key')).toStrictEqual(Uint8Array.from([1, 2, 3]))
})
