import { expect, test } from 'vitest'
import { chooseModel, loadModel } from '../../src/models/choose-model.js'
import { parseSettings } from '../../src/settings/parse-settings.js'

const choiceFor = (environment: Record<string, string>): ReturnType<typeof chooseModel> =>
  chooseModel(parseSettings({ environment }).settings)

const azure = { AZURE_OPENAI_API_KEY: 'k', AZURE_OPENAI_ENDPOINT: 'https://x.openai.azure.com/' }
const openai = { OPENAI_API_KEY: 'k' }
const anthropic = { ANTHROPIC_API_KEY: 'k' }
const compatible = { OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1', OPENAI_MODEL: 'llama' }

test('chooseModel() takes the planner when no model is configured', () => {
  expect(choiceFor({})).toEqual({
    provider: 'planner',
    modelId: 'planner',
    reason: 'no model is configured',
    missing: [],
  })
})

test.each([
  [{ ...compatible, ...anthropic, ...openai, ...azure }, 'azure', 'AZURE_OPENAI_API_KEY is set'],
  [{ ...compatible, ...anthropic, ...openai }, 'openai', 'OPENAI_API_KEY is set'],
  [{ ...compatible, ...anthropic }, 'anthropic', 'ANTHROPIC_API_KEY is set'],
  [{ ...compatible }, 'openai-compatible', 'OPENAI_BASE_URL is set'],
  [{ ...azure, MODEL_PROVIDER: 'planner' }, 'planner', 'MODEL_PROVIDER is planner'],
])('chooseModel() of %j is %s because %s', (environment, provider, reason) => {
  expect(choiceFor(environment)).toMatchObject({ provider, reason, missing: [] })
})

test('loadModel() names the settings that are missing', async () => {
  const { settings } = parseSettings({ environment: { AZURE_OPENAI_API_KEY: 'k' } })
  expect(chooseModel(settings).missing).toEqual(['AZURE_OPENAI_ENDPOINT'])
  await expect(loadModel(settings)).rejects.toMatchObject({
    code: 'AGENT_MODEL_UNCONFIGURED',
    message: 'Cannot ask model of "azure": AZURE_OPENAI_ENDPOINT is not set',
  })
})

test.each([
  [azure, 'azure.chat', 'gpt-4o'],
  [{ ...azure, AZURE_OPENAI_API_VERSION: '2024-10-21' }, 'azure.chat', 'gpt-4o'],
  [{ ...openai, OPENAI_MODEL: 'gpt-4.1' }, 'openai.chat', 'gpt-4.1'],
  [{ ...anthropic, ANTHROPIC_MODEL: 'claude-x' }, 'anthropic.messages', 'claude-x'],
  [compatible, 'openai-compatible.chat', 'llama'],
  [{}, 'fsagent', 'planner'],
])('loadModel() of %j makes a model of %s', async (environment, provider, modelId) => {
  const model = await loadModel(parseSettings({ environment }).settings)
  expect(model).toMatchObject({ provider, modelId, specificationVersion: 'v3' })
})
