import { text, type SettingKind } from './setting-kinds.js'

/** What the value of a setting counts. */
type SettingUnit = 'bytes' | 'seconds' | 'entries' | 'percent' | 'steps' | 'calls' | 'files' | null

/** One setting: its key in the environment, its default, and what it takes. */
export interface Setting<Value = unknown> {
  /** Key in `.env` and in the environment. */
  readonly key: string
  /** Value when nobody sets it; `undefined` means unset. */
  readonly default: Value | undefined
  readonly kind: SettingKind<Value>
  readonly unit: SettingUnit
  readonly description: string
  /** Whether the value must never be shown. */
  readonly secret: boolean
}

/** A setting that always has a value. */
export interface RequiredSetting<Value> extends Setting<Value> {
  readonly default: Value
}

/** Makes a setting that always has a value. */
export function required<Value>(
  setting: Omit<Setting<Value>, 'default' | 'secret'> & { readonly default: NoInfer<Value> },
): RequiredSetting<Value> {
  return { ...setting, secret: false }
}

/** Makes a setting of text that may be unset. */
export function optional(setting: Pick<Setting<string>, 'key' | 'kind' | 'description'>): Setting<string> {
  return { ...setting, default: undefined, unit: null, secret: false }
}

/** Makes a setting whose value is never shown. */
export function secret(setting: Pick<Setting<string>, 'key' | 'description'>): Setting<string> {
  return { ...optional({ ...setting, kind: text() }), secret: true }
}
