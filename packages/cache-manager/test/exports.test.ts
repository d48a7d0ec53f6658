import { expect, test } from 'vitest'

test('the package exports exactly these names', async () => {
  expect(Object.keys(await import('../src/index.js')).sort()).toEqual([
    'CacheManager',
    'CacheManagerError',
    'CacheWarmer',
    'clearCache',
  ])
})
