import { expect, test } from 'vitest'
import { splitSentences } from '../../../src/planner/text/sentences.js'

test.each([
  ['One. Two! Three? Four', ['One.', 'Two!', 'Three?', 'Four']],
  ['It costs 4.50 euros. Ask Dr. Vance, e.g. by mail.', ['It costs 4.50 euros.', 'Ask Dr. Vance, e.g. by mail.']],
  ['He said "stop." Then he left.', ['He said "stop."', 'Then he left.']],
  ['潮起。潮落。', ['潮起。', '潮落。']],
  ['', []],
])('splitSentences() parts %j', (text, sentences) => {
  expect(splitSentences(text).map((sentence) => sentence.text)).toEqual(sentences)
})

test('splitSentences() says where each sentence stands', () => {
  const text = 'First one.  Second one.'
  for (const { text: sentence, start } of splitSentences(text)) {
    expect(text.slice(start, start + sentence.length)).toBe(sentence)
  }
})
