import { describe, expect, test } from 'vitest'
import type { AgentOptions } from '../../src/agent-options.js'
import { askAgent } from '../support/ask-agent.js'
import { startModelServer, type Behaviour, type ModelServer } from '../support/model-server/model-server.js'
import { wireProtocols } from '../support/model-server/wire-protocols.js'
import { openAgent, type TestAgent } from '../support/open-agent.js'

const files = { 'a.md': 'hello\n', 'b.md': 'world\n' }
const cat = (id: string, path: string): { id: string; name: string; arguments: string } => ({
  id,
  name: 'cat',
  arguments: JSON.stringify({ path }),
})

/** The contract of every provider: what comes of answers that are well-formed, and of arguments that are not. */
describe.each(wireProtocols)('$name', (protocol) => {
  describe.each([{ streamed: false }, { streamed: true }])('streamed: $streamed', ({ streamed }) => {
    async function open(
      behaviours: readonly Behaviour[],
      options: Partial<AgentOptions> = {},
    ): Promise<AsyncDisposable & Pick<TestAgent, 'agent'> & Pick<ModelServer, 'requests'>> {
      const server = await startModelServer(protocol, behaviours)
      const { agent, [Symbol.asyncDispose]: dispose } = await openAgent(files, { ...server.options, ...options })
      return {
        agent,
        requests: server.requests,
        [Symbol.asyncDispose]: async () => {
          await dispose()
          await server[Symbol.asyncDispose]()
        },
      }
    }

    test('chat() gives the answer and what it cost', async () => {
      await using opened = await open([{ text: 'It is blue.' }])
      expect(await askAgent(opened.agent, 'What colour?', { streamed })).toMatchObject({
        text: 'It is blue.',
        steps: 1,
        finishReason: 'stop',
        usage: { inputTokens: 7, outputTokens: 3, totalTokens: 10 },
      })
      expect(opened.requests).toHaveLength(1)
      expect(opened.requests[0]?.body.stream === true).toBe(streamed)
      expect(opened.requests[0]?.body.tools).toHaveLength(11)
    })

    test('chat() runs one tool call after another', async () => {
      await using opened = await open([
        { text: 'I look.', calls: [cat('1', 'a.md')] },
        { calls: [cat('2', 'b.md')] },
        { text: 'Both (a.md:1).' },
      ])
      const result = await askAgent(opened.agent, 'What do they say?', { streamed })
      expect(result).toMatchObject({
        text: 'Both (a.md:1).',
        steps: 3,
        usage: { inputTokens: 21, outputTokens: 9, totalTokens: 30 },
        citations: [{ path: 'a.md', line: 1 }],
      })
      expect(result.toolCalls.map(({ result: { text } }) => text)).toEqual(['hello\n', 'world\n'])
    })

    test('chat() runs calls of one step together and answers each of them', async () => {
      await using opened = await open([
        { calls: [cat('x', 'b.md'), cat('y', 'gone.md'), cat('z', 'a.md')] },
        { text: 'ok' },
      ])
      const { toolCalls, steps } = await askAgent(opened.agent, 'Read', { streamed })
      expect(steps).toBe(2)
      expect(toolCalls.map(({ result: { error, text } }) => error?.code ?? text)).toEqual([
        'world\n',
        'FILE_NOT_FOUND',
        'hello\n',
      ])
      const sent = JSON.stringify(opened.requests[1]?.body.messages)
      expect(sent.indexOf('world')).toBeLessThan(sent.indexOf('FILE_NOT_FOUND'))
      expect(sent.indexOf('FILE_NOT_FOUND')).toBeLessThan(sent.indexOf('hello'))
    })

    test.each([
      ['the same', 'x', 'x'],
      ['no', '', ''],
    ])('chat() tells calls apart that have %s id', async (_, first, second) => {
      await using opened = await open([{ calls: [cat(first, 'a.md'), cat(second, 'b.md')] }, { text: 'ok' }])
      const { toolCalls } = await askAgent(opened.agent, 'Read', { streamed })
      expect(toolCalls.map(({ result: { text } }) => text)).toEqual(['hello\n', 'world\n'])
      expect(opened.requests).toHaveLength(2)
    })

    test('chat() answers malformed arguments with an error that the model can put right', async () => {
      const malformed = { id: '1', name: 'cat', arguments: '{"path": "a.m' }
      await using opened = await open([{ calls: [malformed] }, { calls: [cat('2', 'a.md')] }, { text: 'ok' }])
      const { toolCalls, text } = await askAgent(opened.agent, 'Read', { streamed })
      expect(text).toBe('ok')
      expect(toolCalls.map(({ result: { error } }) => error?.code)).toEqual(['TOOL_ARGUMENTS_INVALID', undefined])
      expect(JSON.stringify(opened.requests[1]?.body.messages)).toContain('TOOL_ARGUMENTS_INVALID')
    })

    test('chat() says that the model refused', async () => {
      await using opened = await open([{ refusal: 'I will not do that.' }, { text: 'ok' }])
      const { sessionId, ...result } = await askAgent(opened.agent, 'Something bad', { streamed })
      expect(result.finishReason).toBe('content-filter')
      expect(['I will not do that.', 'The model refused to answer this.']).toContain(result.text)
      expect(await askAgent(opened.agent, 'Something good', { streamed, sessionId })).toMatchObject({ text: 'ok' })
    })

    test('chat() asks for a last word at the step limit, and no tool can be called', async () => {
      await using opened = await open([{ calls: [cat('1', 'a.md')] }, { text: 'from what I have' }], {
        maxToolIterations: 1,
      })
      expect(await askAgent(opened.agent, 'Read', { streamed })).toMatchObject({
        text: 'from what I have',
        finishReason: 'step-limit',
      })
      const { tools, tool_choice: choice } = opened.requests[1]?.body ?? { messages: [] }
      expect(tools === undefined || JSON.stringify(choice) === '{"type":"none"}').toBe(true)
    })
  })
})
