import { expect, test } from 'vitest'
import { rarity, scoreTexts } from '../../../src/planner/text/bm25.js'
import type { Term } from '../../../src/planner/text/bm25.js'
import { termFrequencies } from '../../../src/planner/text/term-frequencies.js'

function term(word: string, weight = 1): Term {
  return { label: word, stems: new Map([[word, 1]]), weight, isName: false }
}

function text(body: string, heading = ''): Parameters<typeof scoreTexts>[0][number] {
  return {
    fields: [
      { frequencies: termFrequencies(body), weight: 1 },
      { frequencies: termFrequencies(heading), weight: 0.5 },
    ],
    length: body.split(' ').length,
  }
}

test('scoreTexts() ranks a rare term above a frequent one', () => {
  const texts = [text('tide gauge'), text('tide surge'), text('tide clock')]
  const [gauge, surge] = scoreTexts(texts, [term('tide'), term('surg')])
  expect(surge?.score).toBeGreaterThan(gauge?.score ?? Infinity)
})

test('scoreTexts() lets repetition count less and less', () => {
  const [once, twice, often] = scoreTexts(
    [text('tide a b c d e'), text('tide tide b c d e'), text('tide tide tide tide tide tide'), text('x')],
    [term('tide')],
  ).map(({ score }) => score)
  expect(twice).toBeGreaterThan(once ?? Infinity)
  expect((often ?? 0) - (twice ?? 0)).toBeLessThan(((twice ?? 0) - (once ?? 0)) * 4)
})

test('scoreTexts() counts a heading less than the text itself', () => {
  const [inBody, inHeading] = scoreTexts(
    [text('about tides', 'other'), text('about other', 'tides'), text('x')],
    [term('tide')],
  )
  expect(inBody?.score).toBeGreaterThan(inHeading?.score ?? Infinity)
  expect(inHeading?.score).toBeGreaterThan(0)
})

test('scoreTexts() says how much of the question a text covers', () => {
  const [all, half, none] = scoreTexts([text('tide surge'), text('tide'), text('moon')], [term('tide'), term('surg')])
  expect(all?.coverage).toBeCloseTo(1)
  expect(half?.coverage).toBeLessThan(0.6)
  expect(none).toEqual({ score: 0, coverage: 0 })
})

test('rarity() is never negative, not even for a term in every text', () => {
  expect(rarity(10, 10)).toBeGreaterThanOrEqual(0)
  expect(rarity(0, 10)).toBeGreaterThan(rarity(5, 10))
})
