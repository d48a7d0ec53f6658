import { expect, test } from 'vitest'

test('the package exports exactly what its README lists', async () => {
  expect(Object.keys(await import('../src/index.js'))).toEqual(['main'])
})
