import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import type { AgentWarning } from '../src/agent-options.js'
import { createAgentWithFallback } from '../src/create-agent-with-fallback.js'
import { createAgent } from '../src/create-agent.js'

test('createAgent() says that the data root is missing or no directory', async () => {
  using directory = temporaryDirectory()
  const options = { dataRoot: directory.join('gone'), cacheDirectory: directory.join('cache') }
  await expect(createAgent(options)).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' })
  writeFileSync(directory.join('file'), '')
  await expect(createAgent({ ...options, dataRoot: directory.join('file') })).rejects.toMatchObject({
    code: 'ROOT_NOT_DIRECTORY',
  })
})

test('createAgent() refuses values that a setting does not take, and options that do not exist', async () => {
  using directory = temporaryDirectory()
  await expect(createAgent({ dataRoot: directory.path, maxToolIterations: 0 })).rejects.toMatchObject({
    code: 'SETTING_INVALID',
    problems: [{ key: 'MAX_TOOL_ITERATIONS' }],
  })
  const misspelt = { dataRoot: directory.path, cacheDir: 'x' }
  await expect(createAgent(misspelt)).rejects.toThrow('option "cacheDir": did you mean "cacheDirectory"?')
})

test('createAgent() says which model answers without loading it', async () => {
  using directory = temporaryDirectory()
  const options = { dataRoot: directory.path, useNewCache: false, openaiApiKey: 'k' }
  await using agent = await createAgent(options)
  expect(agent.modelChoice).toMatchObject({ provider: 'openai', modelId: 'gpt-4o', reason: 'OPENAI_API_KEY is set' })
})

test('createAgentWithFallback() uses the v3 cache when it can', async () => {
  using directory = temporaryDirectory()
  const warnings: AgentWarning[] = []
  await using agent = await createAgentWithFallback({
    dataRoot: directory.path,
    cacheDirectory: directory.join('cache'),
    onWarning: (warning) => warnings.push(warning),
  })
  expect(agent.getCacheStats()).toMatchObject({ old_cache: { enabled: false }, new_cache: { enabled: true } })
  expect(warnings).toEqual([])
})

test('createAgentWithFallback() falls back to v2 with a warning when v3 refuses its directory', async (context) => {
  if (process.getuid?.() !== 0) return context.skip('only root can give a directory to another user')
  using directory = temporaryDirectory()
  mkdirSync(directory.join('of-another-user'))
  chownSync(directory.join('of-another-user'), 54_321, 54_321)
  const warnings: AgentWarning[] = []
  await using agent = await createAgentWithFallback({
    dataRoot: directory.path,
    cacheDirectory: directory.join('of-another-user'),
    onWarning: (warning) => warnings.push(warning),
  })
  expect(agent.getCacheStats()).toMatchObject({ old_cache: { enabled: true }, new_cache: { enabled: false } })
  expect(warnings.map(({ code }) => code)).toEqual(['AGENT_CACHE_FALLBACK'])
})

test('createAgentWithFallback() falls back to v2 when the cache would lie among the documents themselves', async () => {
  using directory = temporaryDirectory()
  const warnings: AgentWarning[] = []
  await using agent = await createAgentWithFallback({
    dataRoot: directory.path,
    cacheDirectory: directory.path,
    onWarning: (warning) => warnings.push(warning),
  })
  expect(warnings).toMatchObject([{ code: 'AGENT_CACHE_FALLBACK' }])
  expect(agent.getCacheStats()).toMatchObject({ old_cache: { enabled: true }, new_cache: { enabled: false } })
})

test('createAgentWithFallback() stays with v3 when its store cannot be opened, for v3 is right without it', async () => {
  using directory = temporaryDirectory()
  writeFileSync(directory.join('not-a-directory'), '')
  const warnings: AgentWarning[] = []
  await using agent = await createAgentWithFallback({
    dataRoot: directory.path,
    cacheDirectory: directory.join('not-a-directory'),
    onWarning: (warning) => warnings.push(warning),
  })
  expect(agent.getCacheStats()).toMatchObject({ old_cache: { enabled: false }, new_cache: { role: 'degraded' } })
  expect(warnings.map(({ code }) => code)).toEqual(['CACHE_DEGRADED'])
})

test('createAgentWithFallback() does not hide a missing data root', async () => {
  using directory = temporaryDirectory()
  await expect(createAgentWithFallback({ dataRoot: directory.join('gone') })).rejects.toMatchObject({
    code: 'ROOT_NOT_FOUND',
  })
})
