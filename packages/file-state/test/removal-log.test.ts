import { expect, test } from 'vitest'
import { RemovalLog } from '../src/removal-log.js'

test('since() gives what was removed later, and covers() tells how far back that is known', () => {
  const log = new RemovalLog(4)
  for (let sequence = 1; sequence <= 4; sequence += 1) log.add(`file-${sequence}`, sequence)
  expect([log.covers(0), log.since(2), log.since(4)]).toEqual([true, ['file-3', 'file-4'], []])
  log.add('file-5', 5)
  expect([log.covers(1), log.covers(2)]).toEqual([false, true])
  expect(log.since(2)).toEqual(['file-3', 'file-4', 'file-5'])
})
