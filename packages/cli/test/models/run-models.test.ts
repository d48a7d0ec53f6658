import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { runInProcess } from '../run-in-process.js'

const environment = { OPENAI_API_KEY: 'secret-key', OPENAI_MODEL: 'gpt-4.1', ANTHROPIC_API_KEY: 'secret-key' }

test('models lists every provider, marks the one that answers and says why, and shows no key', async () => {
  using directory = temporaryDirectory()
  const { exitCode, stdout, stderr } = await runInProcess(['models'], { workingDirectory: directory.path, environment })
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout.split('\n').slice(0, 3)).toEqual([
    '  azure              gpt-4o: AZURE_OPENAI_API_KEY is not set',
    '* openai             gpt-4.1 at https://api.openai.com/v1: OPENAI_API_KEY is set',
    '  anthropic          claude-sonnet-4-5 at https://api.anthropic.com: another comes before it',
  ])
  expect(stdout).not.toContain('secret')
})

test('models --json gives the same as a document', async () => {
  using directory = temporaryDirectory()
  const { stdout } = await runInProcess(['models', '--json'], { workingDirectory: directory.path, environment })
  const { models } = JSON.parse(stdout)
  expect(models).toHaveLength(5)
  expect(models[1]).toEqual({
    provider: 'openai',
    model_id: 'gpt-4.1',
    reason: 'OPENAI_API_KEY is set',
    missing: [],
    chosen: true,
    configured: true,
    address: 'https://api.openai.com/v1',
  })
  expect(stdout).not.toContain('secret')
})

test.each([
  [['--model', 'anthropic'], 'anthropic', 'claude-sonnet-4-5'],
  [['--model', 'anthropic:claude-x'], 'anthropic', 'claude-x'],
  [['--model', 'OpenAI:ft:gpt-4.1:me'], 'openai', 'ft:gpt-4.1:me'],
  [['--model-provider', 'planner'], 'planner', 'planner'],
])('models %j says who would answer', async (flags, provider, model) => {
  using directory = temporaryDirectory()
  const run = await runInProcess(['models', '--json', ...flags], { workingDirectory: directory.path, environment })
  const { models } = JSON.parse(run.stdout)
  expect(models.filter(({ chosen }: { chosen: boolean }) => chosen)).toMatchObject([{ provider, model_id: model }])
})

test('models ends with exit code 5 when the chosen one lacks a setting', async () => {
  using directory = temporaryDirectory()
  const { exitCode, stdout } = await runInProcess(['models', '--model', 'azure'], { workingDirectory: directory.path })
  expect(exitCode).toBe(5)
  expect(stdout).toContain(
    '* azure              gpt-4o: MODEL_PROVIDER is azure; AZURE_OPENAI_API_KEY and AZURE_OPENAI_ENDPOINT is not set\n',
  )
})

test('models refuses a provider that does not exist and names those that do', async () => {
  using directory = temporaryDirectory()
  const { exitCode, stderr } = await runInProcess(['models', '--model', 'gpt-4o'], { workingDirectory: directory.path })
  expect(exitCode).toBe(2)
  expect(stderr).toContain('it must be one of auto, azure, openai, anthropic, openai-compatible, planner')
})
