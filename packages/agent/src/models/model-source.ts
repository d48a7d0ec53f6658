import type { AgentModel } from '../agent-options.js'
import { loadSdk } from '../loop/load-sdk.js'
import { uniqueCallIds } from '../loop/unique-call-ids.js'
import type { Settings } from '../settings/settings-table.js'
import { loadModel } from './choose-model.js'
import { plannerProvider } from './lazy-planner.js'

/** A model ready for one turn. */
export interface TurnModel {
  readonly model: AgentModel
  /** Whether it reads tool results as data instead of text. */
  readonly structured: boolean
  /** How often a failed request is sent again; the planner fails for reasons that stay. */
  readonly maxRetries: number
  /** What must not get into a message about it. */
  readonly secrets: readonly string[]
}

/** Gives the model of an agent, loaded when it is first asked. */
export class ModelSource {
  readonly #settings: Settings
  readonly #given: AgentModel | undefined
  #loading: Promise<AgentModel> | undefined

  constructor(settings: Settings, given: AgentModel | undefined) {
    this.#settings = settings
    this.#given = given
  }

  /**
   * Gives the model with ids of tool calls that are none of the `taken` ones and unique within the turn.
   *
   * @throws AgentError `AGENT_MODEL_UNCONFIGURED`
   */
  async forTurn(taken: Iterable<string>): Promise<TurnModel> {
    const model = this.#given ?? (await this.#load())
    const { wrapLanguageModel } = await loadSdk()
    const planner = model.provider === plannerProvider
    return {
      // Models of the specification before keep their ids: the SDK cannot put anything in front of them.
      model:
        model.specificationVersion === 'v3' ? wrapLanguageModel({ model, middleware: uniqueCallIds(taken) }) : model,
      structured: planner,
      maxRetries: planner ? 0 : 2,
      secrets: this.#secrets(),
    }
  }

  #secrets(): string[] {
    const { azureOpenaiApiKey, openaiApiKey, anthropicApiKey } = this.#settings
    return [azureOpenaiApiKey, openaiApiKey, anthropicApiKey].filter((key) => key !== undefined)
  }

  async #load(): Promise<AgentModel> {
    this.#loading ??= loadModel(this.#settings)
    try {
      return await this.#loading
    } catch (error) {
      this.#loading = undefined
      throw error
    }
  }
}
