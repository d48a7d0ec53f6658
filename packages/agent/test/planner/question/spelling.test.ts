import { expect, test } from 'vitest'
import { correctSpelling } from '../../../src/planner/question/spelling.js'

test.each([
  ['serach for TODO', 'search for TODO'],
  ['sumarize README.md', 'summarize README.md'],
  ['list evrything in notes', 'list everything in notes'],
  ['how many pythn files are there', 'how many python files are there'],
  ['show all fiels', 'show all files'],
])('correctSpelling() puts the slip in %j right', (text, corrected) => {
  expect(correctSpelling(text)).toBe(corrected)
})

test.each(['find pines', 'search for serach', 'lists', 'shop hours', 'which holders exist', 'read fills', 'grep lits'])(
  'correctSpelling() leaves %j alone',
  (text) => {
    expect(correctSpelling(text)).toBe(text)
  },
)
