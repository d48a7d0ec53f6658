import { expect, test } from 'vitest'
import { chooseModel, listModels, loadModel } from '../../src/models/choose-model.js'
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

test('listModels() says of each provider what it would ask and why it is chosen or not, without a key', () => {
  const environment = {
    OPENAI_API_KEY: 'secret-1',
    ANTHROPIC_API_KEY: 'secret-2',
    OPENAI_BASE_URL: 'http://127.0.0.1:1/v1',
  }
  const listing = listModels(parseSettings({ environment }).settings)
  expect(JSON.stringify(listing)).not.toContain('secret')
  expect(listing.map(({ provider, chosen, configured, reason }) => [provider, chosen, configured, reason])).toEqual([
    ['azure', false, false, 'AZURE_OPENAI_API_KEY is not set'],
    ['openai', true, true, 'OPENAI_API_KEY is set'],
    ['anthropic', false, true, 'another comes before it'],
    ['openai-compatible', false, false, 'another comes before it, and OPENAI_MODEL is not set'],
    ['planner', false, true, 'another comes before it'],
  ])
  expect(listing.map(({ modelId, address }) => [modelId, address])).toEqual([
    ['gpt-4o', null],
    ['gpt-4o', 'http://127.0.0.1:1/v1'],
    ['claude-sonnet-4-5', 'https://api.anthropic.com'],
    [null, 'http://127.0.0.1:1/v1'],
    ['planner', null],
  ])
})

test('listModels() shows no password of an address', () => {
  const environment = { OPENAI_BASE_URL: 'http://me:secret@127.0.0.1:1/v1' }
  const listing = listModels(parseSettings({ environment }).settings)
  expect(listing.find(({ chosen }) => chosen)?.address).toBe('http://127.0.0.1:1/v1')
})

test('listModels() agrees with chooseModel()', () => {
  const settings = parseSettings({ environment: { ...anthropic, MODEL_PROVIDER: 'azure' } }).settings
  const chosen = listModels(settings).filter((listed) => listed.chosen)
  expect(chosen).toHaveLength(1)
  expect(chosen[0]).toMatchObject(chooseModel(settings))
  expect(listModels(settings).find(({ provider }) => provider === 'anthropic')?.reason).toBe('MODEL_PROVIDER is azure')
})
