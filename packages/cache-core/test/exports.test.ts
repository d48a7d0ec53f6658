import { expect, test } from 'vitest'

test('the package exports exactly these names', async () => {
  const names = Object.keys(await import('../src/index.js')).sort()
  expect(names).toEqual(['CacheError', 'PersistentCache', 'systemClock', 'untilAborted'])
  expect(Object.keys(await import('../src/keyv.js'))).toEqual(['KeyvStore'])
})
