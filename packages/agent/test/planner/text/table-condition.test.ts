import { expect, test } from 'vitest'
import { columnNamed, readCondition } from '../../../src/planner/text/table-condition.js'

const columns = ['id', 'status', 'cost_eur', 'shipTo', 'hours']

test.each([
  ['status open', 1, 'Open', 'opened'],
  ['the status of "in transit"', 1, 'in transit', 'in'],
  ['status = open', 1, 'open', 'closed'],
  ['status is open', 1, 'open', ''],
  ['ship to Rotterdam', 3, 'rotterdam', 'Rotterdam Zuid'],
  ['cost over 300', 2, '300.01', '300'],
  ['cost_eur at least 300', 2, '300', '299.99'],
  ['hours < 2.5', 4, '2', '2.5'],
  ['hours at most 2', 4, '2', ''],
])('readCondition() reads %j', (...[text, column, inside, outside]) => {
  const condition = readCondition(text, columns)
  expect(condition).toMatchObject({ column })
  expect([condition?.holds(inside), condition?.holds(outside)]).toEqual([true, false])
})

test.each(['colour red', 'status', 'statuses open', 'cost over many', ''])('readCondition() cannot read %j', (text) => {
  expect(readCondition(text, columns)).toBeUndefined()
})

test('columnNamed() knows a column in the plural and without its unit', () => {
  const found = ['costs', 'Status', 'statuses', 'hour', 'colour'].map((phrase) => columnNamed(phrase, columns))
  expect(found).toEqual([2, 1, 1, 4, undefined])
})
