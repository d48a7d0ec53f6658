import type { Clock } from '@fsagent/cache-core'
import type { LanguageModel } from 'ai'
import { parseSettings } from './settings/parse-settings.js'
import { settingNames, type Settings } from './settings/settings-table.js'
import { closest } from './text/closest.js'

/** A model of the AI SDK; names of models are not accepted, so that nothing is fetched by accident. */
export type AgentModel = Exclude<LanguageModel, string>

/** Something that the person who runs the program should know; the agent goes on. */
export interface AgentWarning {
  readonly code: string
  readonly message: string
}

/** How an agent is made: any setting of the settings table, and what only code can give. */
export interface AgentOptions extends Partial<Settings> {
  /** Directory below which files may be read. */
  readonly dataRoot: string
  /** Who answers, instead of what the settings say. */
  readonly model?: AgentModel | undefined
  readonly onWarning?: ((warning: AgentWarning) => void) | undefined
  readonly clock?: Clock | undefined
  /** Whether the process stays, so that freshness `auto` may watch the files; `false` by default. */
  readonly longLived?: boolean | undefined
}

const otherOptions: readonly string[] = [
  'model',
  'onWarning',
  'clock',
  'longLived',
] satisfies readonly (keyof AgentOptions)[]

/**
 * Gives the settings that options say, checked and with their defaults.
 *
 * @throws SettingsError `SETTING_INVALID`
 * @throws TypeError for an option that does not exist, or a model that is none
 */
export function checkOptions(options: AgentOptions): Settings {
  const known: readonly string[] = [...settingNames, ...otherOptions]
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue
    const suggestion = closest(name, known)
    const hint = suggestion === undefined ? 'there is no such option' : `did you mean "${suggestion}"?`
    throw new TypeError(`Cannot create agent with option "${name}": ${hint}`)
  }
  if (options.model !== undefined && !isModel(options.model)) {
    throw new TypeError('Cannot create agent with this model: it is not a LanguageModel of the AI SDK')
  }
  return parseSettings({ flags: { ...options } }).settings
}

function isModel(model: unknown): boolean {
  return typeof model === 'object' && model !== null && 'doGenerate' in model && 'specificationVersion' in model
}
