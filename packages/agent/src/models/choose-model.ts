import type { LanguageModelV3 } from '@ai-sdk/provider'
import { AgentError } from '../agent-error.js'
import { settingsTable, type SettingName, type Settings } from '../settings/settings-table.js'
import type { ModelProvider, ProviderName } from './model-provider.js'
import { modelProviders } from './model-providers.js'

/** Which model answers, and why that one. */
export interface ModelChoice {
  readonly provider: ProviderName
  /** `null` when a setting that names it is missing. */
  readonly modelId: string | null
  readonly reason: string
  /** Keys of settings that it needs and that are not set. */
  readonly missing: readonly string[]
}

/** Says which model answers under these settings; loads and asks nothing. */
export function chooseModel(settings: Settings): ModelChoice {
  const { provider, reason } = chosenProvider(settings)
  const missing = provider.needs.filter((name) => settings[name] === undefined).map(keyOf)
  return { provider: provider.name, modelId: provider.modelId(settings) ?? null, reason, missing }
}

/**
 * Makes the model that answers under these settings; its package loads only now, and nothing is fetched.
 *
 * @throws AgentError `AGENT_MODEL_UNCONFIGURED` when a setting that it needs is missing
 */
export async function loadModel(settings: Settings): Promise<LanguageModelV3> {
  const choice = chooseModel(settings)
  const { provider } = chosenProvider(settings)
  if (choice.modelId === null || choice.missing.length > 0) {
    const missing = choice.missing.join(' and ')
    throw new AgentError('AGENT_MODEL_UNCONFIGURED', `Cannot ask model of "${choice.provider}": ${missing} is not set`)
  }
  return provider.load(settings, choice.modelId)
}

function chosenProvider(settings: Settings): { provider: ModelProvider; reason: string } {
  const named = modelProviders.find(({ name }) => name === settings.modelProvider)
  if (named !== undefined) return { provider: named, reason: `MODEL_PROVIDER is ${named.name}` }
  for (const provider of modelProviders) {
    if (provider.chosenBy === null) return { provider, reason: 'no model is configured' }
    if (settings[provider.chosenBy] !== undefined) return { provider, reason: `${keyOf(provider.chosenBy)} is set` }
  }
  throw new TypeError(`Cannot choose model: MODEL_PROVIDER is "${settings.modelProvider}"`)
}

function keyOf(name: SettingName): string {
  return settingsTable[name].key
}
