import { trace } from '@opentelemetry/api'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base'
import { scriptedModel, type ScriptedStepSource } from '@fsagent/testing'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { AgentOptions } from '../../src/agent-options.js'
import { openAgent } from '../support/open-agent.js'

const exporter = new InMemorySpanExporter()
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }))
beforeEach(() => exporter.reset())
afterAll(() => trace.disable())

/** `SpanStatusCode.ERROR`. */
const failedStatus = 2
const secrets = { question: 'QUESTION-TEXT', answer: 'ANSWER-TEXT', file: 'FILE-TEXT', name: 'file-name.md' }
const reading: ScriptedStepSource = {
  toolCalls: [
    { tool: 'cat', arguments: { path: secrets.name }, id: 'call-a' },
    { tool: 'cat', arguments: { path: 'gone.md' }, id: 'call-b' },
  ],
}

async function ask(steps: readonly ScriptedStepSource[], options: Partial<AgentOptions> = {}): Promise<void> {
  await using open = await openAgent({ [secrets.name]: secrets.file }, { model: scriptedModel(steps), ...options })
  await open.agent.chat(secrets.question, { sessionId: 'my-session' }).catch(() => {})
}

test('a turn is a span with one below it for each question to the model and each tool call', async () => {
  await ask([reading, { text: secrets.answer }])
  const spans = exporter.getFinishedSpans()
  const turn = named(spans, 'invoke_agent fsagent')
  expect(turn.attributes).toEqual({
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': 'fsagent',
    'gen_ai.provider.name': 'scripted',
    'gen_ai.request.model': 'scripted',
    'gen_ai.conversation.id': 'my-session',
    'gen_ai.usage.input_tokens': 20,
    'gen_ai.usage.output_tokens': 10,
    'gen_ai.response.finish_reasons': ['stop'],
    'fsagent.steps': 2,
    'fsagent.tool_calls': 2,
  })
  const below = spans.filter((span) => span.parentSpanContext?.spanId === turn.spanContext().spanId)
  expect(below.map(({ name }) => name)).toEqual([
    'chat scripted',
    'execute_tool cat',
    'execute_tool cat',
    'chat scripted',
  ])
  expect(below[0]?.attributes).toMatchObject({
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'scripted',
    'gen_ai.response.finish_reasons': ['tool-calls'],
    'gen_ai.usage.input_tokens': 10,
    'gen_ai.usage.output_tokens': 5,
  })
  expect(spans.find(({ attributes }) => attributes['gen_ai.tool.call.id'] === 'call-a')?.attributes).toEqual({
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': 'cat',
    'gen_ai.tool.type': 'function',
    'gen_ai.tool.call.id': 'call-a',
    'fsagent.cache.outcome': 'miss',
    'fsagent.result.truncated': false,
  })
})

test('spans name the error of a tool, of the model and of the turn by its code', async () => {
  await ask([reading, { error: Object.assign(new Error(secrets.answer), { statusCode: 401 }) }])
  const failed = exporter.getFinishedSpans().filter(({ attributes }) => attributes['error.type'] !== undefined)
  expect(failed.map(({ status }) => status)).toEqual(failed.map(() => ({ code: failedStatus })))
  const errors = failed.map(({ name, attributes }) => [name, attributes['error.type']])
  expect(errors).toEqual([
    ['execute_tool cat', 'FILE_NOT_FOUND'],
    ['chat scripted', 'AGENT_MODEL_UNAUTHORIZED'],
    ['invoke_agent fsagent', 'AGENT_MODEL_UNAUTHORIZED'],
  ])
  expect(recorded()).not.toContain(secrets.answer)
})

test('spans hold no text of a question, an answer, an argument or a file', async () => {
  await ask([reading, { text: secrets.answer }])
  for (const secret of Object.values(secrets)) expect(recorded()).not.toContain(secret)
})

test('spans hold the texts when telemetryContent asks for them', async () => {
  await ask([reading, { text: secrets.answer }], { telemetryContent: true })
  for (const secret of Object.values(secrets)) expect(recorded()).toContain(secret)
  const [first] = exporter.getFinishedSpans()
  expect(JSON.parse(String(first?.attributes['gen_ai.input.messages']))).toEqual([
    { role: 'user', parts: [{ type: 'text', content: secrets.question }] },
  ])
})

test('the span of a turn ends when its caller leaves', async () => {
  await using open = await openAgent({ 'a.md': 'A' }, { model: scriptedModel([reading]) })
  for await (const event of open.agent.stream('read')) if (event.type === 'tool_call') break
  expect(exporter.getFinishedSpans().map(({ name }) => name)).toContain('invoke_agent fsagent')
})

function named(spans: readonly ReadableSpan[], name: string): ReadableSpan {
  const span = spans.find((one) => one.name === name)
  if (span === undefined) throw new Error(`Cannot find span "${name}"`)
  return span
}

/** Everything that left the process. */
function recorded(): string {
  const spans = exporter.getFinishedSpans()
  return JSON.stringify(spans.map(({ name, attributes, events, status }) => ({ name, attributes, events, status })))
}
