import { agentSettings } from './agent-settings.js'
import { cacheSettings } from './cache-settings.js'
import { modelSettings } from './model-settings.js'
import { serverSettings } from './server-settings.js'
import type { RequiredSetting } from './setting.js'

/** Every setting by its name in code, in the order in which documents list them. */
export const settingsTable = { ...agentSettings, ...cacheSettings, ...modelSettings, ...serverSettings } as const

/** Name of a setting in code. */
export type SettingName = keyof typeof settingsTable

/** Every setting with its value; those without a default may be `undefined`. */
export type Settings = {
  readonly [Name in SettingName]: (typeof settingsTable)[Name] extends RequiredSetting<infer Value>
    ? Value
    : string | undefined
}

/** The names of all settings, in the order of the table. */
export const settingNames: readonly SettingName[] = Object.keys(settingsTable).filter(isSettingName)

function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingsTable, name)
}
