/** The codes of {@link SettingsError}. */
export type SettingsErrorCode = 'SETTING_INVALID'

/** One value that a setting does not take. Secrets are never part of it. */
export interface SettingsProblem {
  /** Name of the setting as the environment spells it. */
  readonly key: string
  readonly value: string
  readonly source: 'flag' | 'environment' | '.env'
  readonly allowed: string
}

/** Thrown when settings have values that they do not take; names each of them, its value and what is allowed. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly code: SettingsErrorCode = 'SETTING_INVALID'
  readonly problems: readonly SettingsProblem[]

  constructor(problems: readonly SettingsProblem[]) {
    super(problems.map(describe).join('; '))
    this.problems = problems
  }
}

function describe({ key, value, source, allowed }: SettingsProblem): string {
  return `Cannot use ${source} ${key} with value ${JSON.stringify(value)}: it must be ${allowed}`
}
