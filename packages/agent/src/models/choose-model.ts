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
  const missing = missingFor(provider, settings)
  return { provider: provider.name, modelId: provider.modelId(settings) ?? null, reason, missing }
}

/** A provider as a listing shows it; values of keys are never part of it. */
export interface ModelListing extends ModelChoice {
  /** Whether it answers under these settings. */
  readonly chosen: boolean
  /** Whether it could answer: nothing that it needs is missing. */
  readonly configured: boolean
  /** Where it is asked; `null` for the planner, and while the setting that says so is missing. */
  readonly address: string | null
}

/**
 * Gives every provider with what it would ask under these settings, in the order in which MODEL_PROVIDER=auto looks at
 * them; loads and asks nothing.
 */
export function listModels(settings: Settings): readonly ModelListing[] {
  const chosen = chosenProvider(settings)
  return modelProviders.map((provider) => {
    const missing = missingFor(provider, settings)
    const isChosen = provider === chosen.provider
    return {
      provider: provider.name,
      modelId: provider.modelId(settings) ?? null,
      reason: isChosen ? chosen.reason : reasonAgainst(provider, { settings, missing }),
      missing,
      chosen: isChosen,
      configured: missing.length === 0,
      address: withoutPassword(provider.address(settings)),
    }
  })
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

function missingFor(provider: ModelProvider, settings: Settings): string[] {
  return provider.needs.filter((name) => settings[name] === undefined).map(keyOf)
}

function reasonAgainst(
  { chosenBy }: ModelProvider,
  { settings, missing }: { readonly settings: Settings; readonly missing: readonly string[] },
): string {
  if (settings.modelProvider !== 'auto') return `MODEL_PROVIDER is ${settings.modelProvider}`
  if (chosenBy !== null && settings[chosenBy] === undefined) return `${keyOf(chosenBy)} is not set`
  const unready = missing.length === 0 ? '' : `, and ${missing.join(' and ')} is not set`
  return `another comes before it${unready}`
}

/** Some people put a password into an address. */
function withoutPassword(address: string | undefined): string | null {
  if (address === undefined) return null
  const url = new URL(address)
  if (url.password === '' && url.username === '') return address
  url.username = ''
  url.password = ''
  return url.href
}
