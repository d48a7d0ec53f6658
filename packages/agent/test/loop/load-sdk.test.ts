import { scriptedModel, type ScriptedModel } from '@fsagent/testing'
import { expect, test, vi } from 'vitest'
import { openAgent } from '../support/open-agent.js'

test('chat() prints nothing when a provider warns', async () => {
  const printed = [vi.spyOn(console, 'info'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'log')]
  await using open = await openAgent({}, { model: warningModel() })
  expect(await open.agent.chat('hi')).toMatchObject({ text: 'ok' })
  for (const spy of printed) expect(spy).not.toHaveBeenCalled()
  vi.restoreAllMocks()
})

function warningModel(): ScriptedModel {
  const model = scriptedModel([{ text: 'ok' }])
  return {
    ...model,
    doGenerate: async (call) => ({
      ...(await model.doGenerate(call)),
      warnings: [{ type: 'unsupported', feature: 'temperature' }],
    }),
  }
}
