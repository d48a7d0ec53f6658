import { settingNames, settingsTable } from '@fsagent/agent'
import { expect, test } from 'vitest'
import { settingOptions } from '../src/setting-options.js'

/** Settings of the agent without a flag of their own, and why. */
const withoutFlag: Readonly<Record<string, string>> = {
  CACHE_ROLLOUT_PERCENT: 'chooses between users; a command has one',
  CACHE_WARMUP_CONCURRENCY: 'warm-cache has --concurrency',
  HOST: 'of the server',
  PORT: 'of the server',
  LOG_LEVEL: 'of the server',
  TELEMETRY_CONTENT: 'a command sends its spans nowhere',
}

test('every setting of the agent has a flag, is a secret, or belongs elsewhere', () => {
  const flags = new Set(settingOptions.flatMap(({ settings }) => settings))
  const missing = settingNames
    .map((name) => settingsTable[name])
    .filter(({ key, secret }) => !secret && !flags.has(key) && withoutFlag[key] === undefined)
    .map(({ key }) => key)
  expect(missing).toEqual([])
})

test('no flag sets a setting that the agent does not know, or a secret one', () => {
  const known = settingNames.map((name) => settingsTable[name])
  for (const key of settingOptions.flatMap(({ settings }) => settings)) {
    expect(known.find((setting) => setting.key === key)).toMatchObject({ key, secret: false })
  }
})
