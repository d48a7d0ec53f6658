import type { LanguageModelV3 } from '@ai-sdk/provider'
import type { SettingName, Settings } from '../settings/settings-table.js'

/** Who answers: a provider of language models, or the embedded planner. */
export type ProviderName = Exclude<Settings['modelProvider'], 'auto'>

/** A provider of models: what tells that it is meant, what it needs, and how its model is made. */
export interface ModelProvider {
  readonly name: ProviderName
  /** With MODEL_PROVIDER=auto this provider is taken when the setting has a value. */
  readonly chosenBy: SettingName | null
  readonly needs: readonly SettingName[]
  readonly modelId: (settings: Settings) => string | undefined
  /** Where it is asked, for people to read. */
  readonly address: (settings: Settings) => string | undefined
  readonly load: (settings: Settings, modelId: string) => Promise<LanguageModelV3>
}
