import { parseEnv } from 'node:util'
import { closest, isWithinEdits } from '../text/closest.js'
import type { Setting } from './setting.js'
import { SettingsError, type SettingsProblem } from './settings-error.js'
import { settingNames, settingsTable, type SettingName, type Settings } from './settings-table.js'

/** Where settings come from; each source may be left out. Empty text counts as unset everywhere. */
export interface SettingsSources {
  /** By name in code or by key, as a command line parser gives them. */
  readonly flags?: Readonly<Record<string, unknown>>
  /** By key, as in `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** The text of a `.env` file, or what was parsed from it. */
  readonly dotenv?: string | Readonly<Record<string, string | undefined>>
}

/** Something that is probably a mistake but does not keep anything from working. */
export interface SettingsWarning {
  readonly code: 'SETTING_UNKNOWN'
  readonly key: string
  readonly suggestion: string | null
  readonly message: string
}

/** Typed settings, and what looked like a mistake. */
export interface ParsedSettings {
  readonly settings: Settings
  /** The settings that somebody set, and who: the rest have their defaults. */
  readonly sources: Readonly<Partial<Record<SettingName, SettingsProblem['source']>>>
  readonly warnings: readonly SettingsWarning[]
}

const keys: readonly string[] = settingNames.map((name) => settingsTable[name].key)
const keyFamilies = ['CACHE_', 'FSAGENT_', 'USE_NEW_', 'MAX_TOOL', 'MAX_CONCURRENT_', 'DATA_ROOT', 'AZURE_OPENAI_']
/** Shorter keys resemble too many that belong to others: `HOME` is one edit from `HOST`. */
const shortestResembling = 8

/**
 * Gives the settings that flags, environment and `.env` file say, in that order of precedence, over the defaults.
 *
 * Unknown keys that look like ours are warned about with a suggestion, others are ignored.
 *
 * @throws SettingsError `SETTING_INVALID` when a value is not one that its setting takes
 */
export function parseSettings({ flags = {}, environment = {}, dotenv = {} }: SettingsSources = {}): ParsedSettings {
  const file = typeof dotenv === 'string' ? parseEnv(dotenv) : dotenv
  const problems: SettingsProblem[] = []
  const sources: Partial<Record<SettingName, SettingsProblem['source']>> = {}
  const entries = settingNames.map((name): readonly [SettingName, unknown] => {
    const setting: Setting = settingsTable[name]
    const given = firstGiven([
      ['flag', flags[name] ?? flags[setting.key]],
      ['environment', environment[setting.key]],
      ['.env', file[setting.key]],
    ])
    if (given === undefined) return [name, setting.default]
    const [source, value] = given
    sources[name] = source
    const parsed = setting.kind.schema.safeParse(value)
    if (parsed.success) return [name, parsed.data]
    problems.push({ key: setting.key, value: shown(value, setting), source, allowed: setting.kind.allowed })
    return [name, setting.default]
  })
  if (problems.length > 0) throw new SettingsError(problems)
  const settings = Object.fromEntries(entries)
  if (!isSettings(settings)) throw new TypeError('Cannot parse settings: a row of the table is missing')
  return { settings, sources, warnings: warningsFor(environment, file) }
}

/** Each value passed the schema of its own row, so that nothing but presence is left to check. */
function isSettings(values: object): values is Settings {
  return settingNames.every((name) => name in values)
}

function firstGiven(
  candidates: readonly (readonly [SettingsProblem['source'], unknown])[],
): readonly [SettingsProblem['source'], unknown] | undefined {
  return candidates.find(([, value]) => value !== undefined && value !== '')
}

function shown(value: unknown, setting: Setting): string {
  if (setting.secret) return '(secret)'
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value)
}

function warningsFor(...sources: readonly Readonly<Record<string, string | undefined>>[]): SettingsWarning[] {
  const given = new Set(sources.flatMap((source) => Object.keys(source)))
  return [...given].filter((key) => !keys.includes(key) && looksLikeOurs(key)).map(unknownKey)
}

function looksLikeOurs(key: string): boolean {
  const upper = key.toUpperCase()
  if (keys.includes(upper) || keyFamilies.some((family) => upper.startsWith(family))) return true
  if (key.length < shortestResembling) return false
  return keys.some((known) => isWithinEdits(upper, known, 2))
}

function unknownKey(key: string): SettingsWarning {
  const suggestion = closest(key, keys) ?? null
  const hint = suggestion === null ? 'there is no such setting' : `did you mean ${suggestion}?`
  return { code: 'SETTING_UNKNOWN', key, suggestion, message: `Cannot use setting "${key}": ${hint}` }
}
