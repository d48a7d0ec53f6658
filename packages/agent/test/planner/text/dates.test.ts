import { expect, test } from 'vitest'
import { findDates } from '../../../src/planner/text/dates.js'

test.each([
  ['the meeting of 3 September 2024', '2024-09-03'],
  ['on September 3rd, 2024 we met', '2024-09-03'],
  ['the week of 25th of Nov 2024', '2024-11-25'],
  ['log of 2024-11-18', '2024-11-18'],
  ['the storm of December 2023', '2023-12'],
])('findDates() reads the date in %j', (text, iso) => {
  expect(findDates(text).map((date) => date.iso)).toEqual([iso])
})

test('findDates() finds no date in numbers and versions', () => {
  expect(findDates('version 2.7.1, port 5432, ERR-4711')).toEqual([])
})
