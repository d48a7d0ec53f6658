import { expect, test } from 'vitest'

test('the package exports what its README lists', async () => {
  expect(Object.keys(await import('../src/index.js')).sort()).toEqual([
    'DataRoot',
    'FileStateError',
    'FileStateTracker',
    'TreeIndex',
    'coarseGranularityNs',
    'fineGranularityNs',
    'fingerprint',
    'isRacy',
    'sameSignature',
    'signatureOf',
  ])
})
