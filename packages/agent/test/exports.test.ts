import { expect, test } from 'vitest'

test('the package exports what its README lists', async () => {
  expect(Object.keys(await import('../src/index.js')).sort()).toEqual([
    'AgentError',
    'SettingsError',
    'chooseModel',
    'createAgent',
    'createAgentWithFallback',
    'createPlanner',
    'parseSettings',
    'settingNames',
    'settingsTable',
    'shouldUseNewCache',
    'toolDefinitions',
  ])
})
