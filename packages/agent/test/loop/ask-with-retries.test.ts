import { FakeClock, scriptedModel, type ScriptedModel } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { askWithRetries, type AskEvent, type Patience } from '../../src/loop/ask-with-retries.js'

const failed = (properties: object = {}): { error: Error } => ({
  error: Object.assign(new Error('no'), { statusCode: 503 }, properties),
})

/** Asks with a clock that goes on as long as was waited; gives what happened and how long was waited. */
async function ask(
  model: ScriptedModel,
  patience: Partial<Patience> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<{ events: string[]; waits: number[]; text: string | undefined; error: unknown }> {
  const clock = new FakeClock()
  const waits: number[] = []
  const replies = askWithRetries(
    {
      model,
      system: '',
      messages: [{ role: 'user', content: 'hi' }],
      tools: undefined,
      forbidTools: false,
      streams: true,
      signal,
    },
    {
      asked: { name: 'scripted', secrets: [] },
      maxRetries: 2,
      silenceMs: 60_000,
      clock,
      random: () => 0,
      wait: async (milliseconds) => {
        waits.push(milliseconds)
        clock.advance(milliseconds)
      },
      ...patience,
    },
  )
  const events: AskEvent[] = []
  try {
    for (;;) {
      const next = await replies.next()
      if (next.done === true)
        return { events: events.map(({ type }) => type), waits, text: next.value.text, error: undefined }
      events.push(next.value)
    }
  } catch (error) {
    return { events: events.map(({ type }) => type), waits, text: undefined, error }
  }
}

test('askWithRetries() waits longer each time and gives up after the last attempt', async () => {
  const model = scriptedModel([failed(), failed(), failed(), { text: 'late' }])
  const { waits, error, events } = await ask(model)
  expect({ waits, events }).toEqual({ waits: [500, 1000], events: ['retry', 'retry'] })
  expect(error).toMatchObject({ code: 'AGENT_MODEL_UNAVAILABLE' })
  expect(model.calls).toHaveLength(3)
})

test('askWithRetries() waits as long as the server asks for, unless that is longer than it may be silent', async () => {
  const asking = failed({ statusCode: 429, responseHeaders: { 'retry-after': '50' } })
  expect(await ask(scriptedModel([asking, { text: 'ok' }]))).toMatchObject({ waits: [50_000], text: 'ok' })
  // The second wait would end after the minute that the first one began.
  expect(await ask(scriptedModel([asking, asking, { text: 'ok' }]))).toMatchObject({
    waits: [50_000],
    error: { code: 'AGENT_MODEL_RATE_LIMITED' },
  })
})

test('askWithRetries() asks once only for reasons that stay, and when it may not ask again', async () => {
  expect(await ask(scriptedModel([failed({ statusCode: 401 })]))).toMatchObject({ waits: [] })
  expect(await ask(scriptedModel([failed()]), { maxRetries: 0 })).toMatchObject({ waits: [] })
})

test('askWithRetries() stops waiting when the turn is aborted', async () => {
  const controller = new AbortController()
  const wait = async (): Promise<void> => controller.abort()
  const model = scriptedModel([failed(), { text: 'never' }])
  expect(await ask(model, { wait }, controller.signal)).toMatchObject({ error: { code: 'AGENT_ABORTED' } })
  expect(model.calls).toHaveLength(1)
})

test('askWithRetries() says how long a model was silent that does not even listen to the signal', async () => {
  const model = scriptedModel([async () => new Promise(() => {})])
  expect(await ask(model, { silenceMs: 20 })).toMatchObject({
    error: {
      code: 'AGENT_MODEL_TIMEOUT',
      message: 'Cannot get answer from model "scripted": it was silent for 0.02 seconds',
    },
  })
})
