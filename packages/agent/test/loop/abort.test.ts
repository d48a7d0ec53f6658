import { scriptedModel } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { openAgent } from '../support/open-agent.js'

test('chat() aborts the request to the model', async () => {
  const controller = new AbortController()
  const model = scriptedModel([
    async ({ abortSignal }) => {
      controller.abort()
      await new Promise((_, reject) => {
        if (abortSignal?.aborted === true) reject(new Error('aborted'))
        else abortSignal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
      })
      return { text: 'never' }
    },
  ])
  await using open = await openAgent({}, { model })
  await expect(open.agent.chat('hi', { signal: controller.signal })).rejects.toMatchObject({ code: 'AGENT_ABORTED' })
})

test('chat() begins nothing under a signal that is aborted already', async () => {
  const model = scriptedModel([{ text: 'never' }])
  await using open = await openAgent({}, { model })
  await expect(open.agent.chat('hi', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'AGENT_ABORTED' })
  expect(model.calls).toHaveLength(0)
})

test('close() ends a turn that runs', async () => {
  await using open = await openAgent({}, { model: scriptedModel([async () => new Promise(() => {})]) })
  const events = open.agent.stream('hi')
  expect((await events.next()).value).toMatchObject({ type: 'status' })
  const pending = events.next()
  await open.agent.close()
  expect((await pending).value).toMatchObject({ type: 'error', error: { code: 'AGENT_ABORTED' } })
})

test('runTool() answers an aborted call with a result', async () => {
  await using open = await openAgent({ 'a.md': 'A' })
  const result = await open.agent.runTool('cat', { path: 'a.md' }, { signal: AbortSignal.abort() })
  expect(result).toMatchObject({ ok: false, error: { code: 'TOOL_ABORTED' } })
})

test('runTool() runs many calls at the same time without a warning of the process', async () => {
  await using open = await openAgent({ 'a.md': 'A' })
  const warnings: Error[] = []
  const note = (warning: Error): void => void warnings.push(warning)
  process.on('warning', note)
  const results = await Promise.all(Array.from({ length: 50 }, () => open.agent.runTool('cat', { path: 'a.md' })))
  // Warnings come with the next turn of the event loop.
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', note)
  expect(results.every(({ ok }) => ok)).toBe(true)
  expect(warnings).toEqual([])
})
