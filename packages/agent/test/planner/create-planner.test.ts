import type { LanguageModelV3CallOptions, LanguageModelV3Prompt } from '@ai-sdk/provider'
import { expect, test } from 'vitest'
import { createPlanner, PLANNER_NOTICE } from '../../src/planner/create-planner.js'
import { drive, failed, OFFERED, succeeded } from './support/drive-planner.js'

const planner = createPlanner()

function ask(text: string, before: LanguageModelV3Prompt = []): LanguageModelV3CallOptions {
  return { prompt: [...before, { role: 'user', content: [{ type: 'text', text }] }], tools: OFFERED }
}

test('createPlanner() is a version 3 model with no name of a vendor', () => {
  expect(planner).toMatchObject({ specificationVersion: 'v3', provider: 'fsagent', modelId: 'planner' })
})

test('doGenerate() asks for tools first, and is the same for the same prompt', async () => {
  const first = await planner.doGenerate(ask('show notes/todo.md'))
  expect(first.finishReason.unified).toBe('tool-calls')
  expect(first.content).toMatchObject([{ type: 'tool-call', toolName: 'cat' }])
  expect(await planner.doGenerate(ask('show notes/todo.md'))).toEqual(first)
})

test('doGenerate() gives ids to its calls that are unique in the conversation', async () => {
  const first = await planner.doGenerate(ask('what is our password policy?'))
  const before: LanguageModelV3Prompt = [
    { role: 'user', content: [{ type: 'text', text: 'what is our password policy?' }] },
    { role: 'assistant', content: [{ type: 'text', text: 'An answer' }] },
  ]
  const again = await planner.doGenerate(ask('what is our password policy?', before))
  const ids = [...first.content, ...again.content].map((part) => (part.type === 'tool-call' ? part.toolCallId : ''))
  expect(ids.length).toBeGreaterThan(2)
  expect(new Set(ids).size).toBe(ids.length)
})

test('doGenerate() says once in a conversation that it is no language model', async () => {
  const first = await planner.doGenerate(ask('help'))
  const [part] = first.content
  expect(part).toMatchObject({ type: 'text', text: expect.stringContaining(PLANNER_NOTICE) })
  if (part?.type !== 'text') return
  const before: LanguageModelV3Prompt = [
    { role: 'user', content: [{ type: 'text', text: 'help' }] },
    { role: 'assistant', content: [{ type: 'text', text: part.text }] },
  ]
  const [second] = (await planner.doGenerate(ask('help', before))).content
  expect(second).toMatchObject({ type: 'text', text: expect.not.stringContaining(PLANNER_NOTICE) })
})

test('doGenerate() does not say it again after its first answer was trimmed from a long session', async () => {
  const before: LanguageModelV3Prompt = [
    { role: 'user', content: [{ type: 'text', text: 'list notes' }] },
    { role: 'assistant', content: [{ type: 'text', text: 'notes holds 1 file:\nnotes/todo.md' }] },
  ]
  const [part] = (await planner.doGenerate(ask('help', before))).content
  expect(part).toMatchObject({ type: 'text', text: expect.not.stringContaining(PLANNER_NOTICE) })
})

test('doGenerate() calls only tools that are offered, and says what it could not do', async () => {
  const onlyCat = OFFERED.filter((tool) => tool.name === 'cat')
  const { content } = await planner.doGenerate({ ...ask('find all Python files'), tools: onlyCat })
  expect(content).toMatchObject([{ type: 'text', text: expect.stringContaining('TOOL_UNAVAILABLE') }])
})

test('doGenerate() answers from what it has when tools are taken away', async () => {
  const options = ask('search for "harbour"')
  const { content } = await planner.doGenerate(options)
  const calls = content.filter((part) => part.type === 'tool-call')
  const matches = [{ path: 'a.md', line: 3, text: 'the harbour' }]
  const prompt: LanguageModelV3Prompt = [
    ...options.prompt,
    { role: 'assistant', content: calls.map((call) => ({ ...call, input: JSON.parse(call.input) })) },
    {
      role: 'tool',
      content: calls.map(({ toolCallId, toolName }) => ({
        type: 'tool-result',
        toolCallId,
        toolName,
        output: { type: 'text', value: JSON.stringify(succeeded('', { matches })) },
      })),
    },
  ]
  const last = await planner.doGenerate({ prompt, toolChoice: { type: 'none' } })
  expect(last.content).toMatchObject([{ type: 'text', text: expect.stringContaining('a.md:3: the harbour') }])
})

test('doGenerate() gives up when it was aborted', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(planner.doGenerate({ ...ask('help'), abortSignal: signal })).rejects.toThrow('enough')
})

test('a plan asks for no more steps than it was given', async () => {
  const { steps, text } = await drive(createPlanner({ maxSteps: 1 }), 'search for harbour', () =>
    succeeded('', { matches: [] }, 0),
  )
  expect(steps).toBe(2)
  expect(text).toContain('this answer may be incomplete')
})

test('a tool that fails is said with its reason and code', async () => {
  const { text } = await drive(planner, 'show secret.txt/x.md', () => failed('PERMISSION_DENIED'))
  expect(text).toContain('It failed (PERMISSION_DENIED)')
})

test('a result nobody can read is a failure, not a crash', async () => {
  const { text } = await drive(planner, 'show notes/todo.md', () => ({ surprise: true }))
  expect(text).toContain('RESULT_UNREADABLE')
})
