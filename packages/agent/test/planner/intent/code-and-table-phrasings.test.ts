import { expect, test } from 'vitest'
import { describeReading } from '../support/describe-reading.js'

/** What people write, and how it is read: intent, then its arguments. */
const READINGS: readonly (readonly [question: string, reading: string])[] = [
  ['how many rows does orders.csv have?', 'table rows orders.csv'],
  ['How many records are in data/orders.csv', 'table rows data/orders.csv'],
  ['count the rows in the orders table', 'table rows ~orders'],
  ['how many rows are there in orders.tsv?', 'table rows orders.tsv'],
  ['how many orders with status open are in orders.csv?', 'table where status open orders.csv'],
  ['how many orders have status "in transit"?', 'table where status in transit'],
  ['number of rows in orders.csv where total is over 100', 'table where total is over 100 orders.csv'],
  ['how many customers whose country is NL are there?', 'table where country is NL'],
  ['how many different countries are in customers.csv?', 'table values countries customers.csv'],
  ['how many lines does orders.csv have?', 'count lines orders.csv'],
  ['how many files have TODO?', 'count filesWith "TODO"'],
  ['how many rows does README.md have?', 'count lines README.md'],
  ['list the functions in ingest.py', 'members function ingest.py'],
  ['which functions and classes are defined in src/', 'members function class src/'],
  ['what methods does storage.py have?', 'members function storage.py'],
  ['how many classes are in the project-alpha folder?', 'members class ~project-alpha'],
  ['show all exported constants of limits.ts', 'members constant limits.ts'],
  ['what does the class Throttle do?', 'purpose Throttle'],
  ['What does ReadingStore do?', 'purpose ReadingStore'],
  ['what does parse_telegram() return?', 'purpose parse_telegram'],
  ['explain the function canClose', 'purpose canClose'],
  ['how does the class Throttle work?', 'purpose Throttle'],
  ['what does project-delta do?', 'summarise ~project-delta'],
  ['what does the siren do?', 'summarise ~siren'],
]

test.each(READINGS)('chooseIntent() understands %j', (question, reading) => {
  expect(describeReading(question)).toBe(reading)
})
