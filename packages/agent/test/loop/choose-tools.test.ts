import { scriptedModel, type ScriptedModel, type ScriptedStepSource } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { chooseTools } from '../../src/loop/choose-tools.js'
import { toolDefinitions } from '../../src/tools/tool-table.js'
import { openAgent } from '../support/open-agent.js'

const all = toolDefinitions.map(({ name }) => name)

test.each([
  ['Where is TODO mentioned?', []],
  ['Show the last 5 lines of notes.md', ['head', 'tail', 'wc']],
  ['How big is it?', ['wc']],
  ['Give me an overview', ['tree', 'smart_read']],
  ['Compare a.md with b.md', ['smart_cat']],
  ['What kind of file is it?', ['preview']],
  ['Was ist das?', []],
])('chooseTools() offers for %j what every question needs and %j', (question, more) => {
  const offered = chooseTools(question, 1, all)
  expect(offered).toEqual(all.filter((name) => ['grep', 'find', 'cat', 'ls', ...more].includes(name)))
  expect(chooseTools(question, 3, all)).toEqual(all)
})

const offeredTo = (model: ScriptedModel): (number | undefined)[] => model.calls.map(({ tools }) => tools?.length)

test('chat() offers few tools first and all of them from the third step on, when it is asked to', async () => {
  const again: ScriptedStepSource = { toolCalls: [{ tool: 'cat', arguments: { path: 'a.md' } }] }
  for (const [lazyTools, offered] of [
    [true, [4, 4, 11]],
    [false, [11, 11, 11]],
  ] as const) {
    const model = scriptedModel([again, again, { text: 'ok' }])
    await using open = await openAgent({ 'a.md': 'A' }, { model, lazyTools })
    await open.agent.chat('Where is TODO?')
    expect(offeredTo(model)).toEqual(offered)
  }
})

test('chat() runs a tool that was not offered, so that lazy choice costs no answer', async () => {
  const model = scriptedModel([{ toolCalls: [{ tool: 'wc', arguments: { path: 'a.md' } }] }, { text: 'ok' }])
  await using open = await openAgent({ 'a.md': 'A\n' }, { model, lazyTools: true })
  const { toolCalls } = await open.agent.chat('Where is TODO?')
  expect(model.calls[0]?.tools?.map(({ name }) => name)).not.toContain('wc')
  expect(toolCalls[0]?.result).toMatchObject({ ok: true, text: '1 1 2 a.md\n' })
})
