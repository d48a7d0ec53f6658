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
  ])
})
