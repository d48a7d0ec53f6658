import { expect, test } from 'vitest'
import { questionTerms } from '../../../src/planner/text/question-terms.js'

function labels(question: string): readonly string[] {
  return questionTerms(question).map((term) => term.label)
}

test('questionTerms() leaves out words without a subject', () => {
  expect(labels('What is our password policy?')).toEqual(['password', 'policy'])
})

test('questionTerms() knows names, identifiers and numbers, which must exist for an answer to exist', () => {
  const names = questionTerms('Which projects use MongoDB and ERR-4711 with max_size?').filter((term) => term.isName)
  expect(names.map((term) => term.label)).toEqual(['mongodb', 'err-4711', 'max_size'])
})

test('questionTerms() takes a date as one term', () => {
  expect(labels('Who is on call in the week of 25 November 2024?')).toContain('2024-11-25')
})

test('questionTerms() lets the noun that names the kind of answer count less', () => {
  const [first, second] = questionTerms('Which weekday forbids releases?')
  expect(first?.label).not.toBe('weekday')
  expect(second?.weight).toBe(1)
})

test('questionTerms() finds other words for the same subject', () => {
  const [term] = questionTerms('kept')
  expect([...(term?.stems.keys() ?? [])]).toEqual(expect.arrayContaining(['kept', 'keep', 'retent']))
})

test('questionTerms() takes the kind of answer for the subject when there is no other', () => {
  const [term] = questionTerms('Which hooks exist?')
  expect(term).toMatchObject({ label: 'hooks', weight: 1 })
})
