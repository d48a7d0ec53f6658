import { expect, test } from 'vitest'

test('the package exports what its README lists', async () => {
  expect(Object.keys(await import('../src/index.js')).sort()).toEqual([
    'AgentError',
    'SettingsError',
    'chatDocument',
    'chooseModel',
    'createAgent',
    'createAgentWithFallback',
    'createPlanner',
    'listModels',
    'parseSettings',
    'readDotenv',
    'settingNames',
    'settingsTable',
    'shouldUseNewCache',
    'splitNotice',
    'toolDefinitions',
    'workingDirectoryOf',
  ])
})

test('the entry for single calls exports the tools and what reads settings', async () => {
  expect(Object.keys(await import('../src/tools.js')).sort()).toEqual([
    'OneCallTools',
    'openOneCallTools',
    'parseSettings',
    'readDotenv',
    'splitNotice',
    'toolDefinitions',
    'workingDirectoryOf',
  ])
})
