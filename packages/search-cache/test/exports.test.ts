import { expect, test } from 'vitest'

test('the package exports its documented names', async () => {
  expect(Object.keys(await import('../src/index.js')).sort()).toEqual(['RipgrepEngine', 'SearchCache', 'SearchError'])
})
