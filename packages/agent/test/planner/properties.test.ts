import type { LanguageModelV3StreamPart } from '@ai-sdk/provider'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPlanner } from '../../src/planner/create-planner.js'
import { drive, failed, OFFERED, succeeded } from './support/drive-planner.js'
import type { AnswerCall } from './support/drive-planner.js'

const planner = createPlanner()
const WORDS =
  'find search show list tree count compare summarise how many lines of in the files which mention where is defined what does say first last 5 10-20 "quoted text" /re(gex)+/ a/b.md notes *.py TODO python and with difference between .. /etc/passwd why when who ‹p0› ‹q1› \u0000 \uD800'.split(
    ' ',
  )

const questions = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc
    .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...WORDS) }, fc.string({ maxLength: 8 })), {
      maxLength: 14,
    })
    .map((words) => words.join(' ')),
)

/** Results of every shape a tool can give, and failures, drawn by the hash of the call. */
const results = fc.infiniteStream(
  fc.oneof(
    fc.constant(failed('FILE_NOT_FOUND')),
    fc.constant(failed('IS_A_DIRECTORY')),
    fc.constant(
      succeeded('', { paths: ['notes/todo.md', 'src/a.py', 'notes'], matches: [], counts: [], entries: [] }, 3),
    ),
    fc.constant(
      succeeded('# Title\n\nSome text about lines.\n', {
        path: 'notes/todo.md',
        start_line: 1,
        end_line: 3,
        total_lines: 900,
        matches: [{ path: 'notes/todo.md', line: 3, text: 'Some text about lines.' }],
        counts: [{ path: 'notes/todo.md', count: 4 }],
        paths: ['notes/todo.md'],
        entries: [{ path: 'notes/todo.md', kind: 'file' }],
      }),
    ),
    fc.constant({}),
  ),
)

test('any question comes to an answer within ten steps, with calls that the tools accept', async () => {
  await fc.assert(
    fc.asyncProperty(questions, results, async (question, stream) => {
      const answer: AnswerCall = () => stream.next().value ?? {}
      const { text, steps } = await drive(planner, question, answer)
      expect(text).not.toBe('')
      expect(steps).toBeLessThanOrEqual(10)
    }),
    { numRuns: 1_500 },
  )
}, 120_000)

/** Would take for ever if a pattern that reads questions backtracked without bound. */
test('a long question of the same few words is read like any other', async () => {
  const repeated = fc
    .tuple(
      fc.array(fc.constantFrom(...WORDS, 'a', ' ', ',', '"', '/', '.', '-'), { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', ' '),
    )
    .map(([words, space]) => `search for ${`${words.join(space)}${space}`.repeat(2_000)}`)
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        repeated,
        repeated.map((text) => text.slice('search for '.length)),
      ),
      async (question) => {
        const { steps } = await drive(planner, question, () => ({}))
        expect(steps).toBeLessThanOrEqual(10)
      },
    ),
    { numRuns: 150 },
  )
}, 120_000)

test('doStream() gives the same text and calls as doGenerate()', async () => {
  await fc.assert(
    fc.asyncProperty(questions, async (text) => {
      const options = {
        prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text }] }],
        tools: OFFERED,
      }
      const generated = await planner.doGenerate(options)
      const parts = await collect((await planner.doStream(options)).stream)
      const deltas = parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('')
      const calls = parts.filter((part) => part.type === 'tool-call')
      expect(deltas).toBe(generated.content.map((part) => (part.type === 'text' ? part.text : '')).join(''))
      expect(calls).toEqual(generated.content.filter((part) => part.type === 'tool-call'))
      expect(parts.at(0)?.type).toBe('stream-start')
      expect(parts.at(-1)).toEqual({ type: 'finish', finishReason: generated.finishReason, usage: generated.usage })
    }),
    { numRuns: 300 },
  )
})

async function collect(stream: ReadableStream<LanguageModelV3StreamPart>): Promise<LanguageModelV3StreamPart[]> {
  const parts: LanguageModelV3StreamPart[] = []
  for await (const part of stream) parts.push(part)
  return parts
}
