import type { LanguageModelV3, LanguageModelV3CallOptions } from '@ai-sdk/provider'
import type { PlannerOptions } from '../planner/create-planner.js'

/**
 * Makes the embedded model: no network, no key, no language model. It turns questions into tool calls by rules and
 * answers with what the tools gave. What it consists of loads with the first question, so that tools start without it.
 */
export function createPlanner(options: PlannerOptions = {}): LanguageModelV3 {
  let loading: Promise<LanguageModelV3> | undefined
  const load = async (): Promise<LanguageModelV3> => {
    loading ??= import('../planner/create-planner.js').then((module) => module.createPlanner(options))
    return loading
  }
  return {
    specificationVersion: 'v3',
    provider: plannerProvider,
    modelId: 'planner',
    supportedUrls: {},
    doGenerate: async (call: LanguageModelV3CallOptions) => (await load()).doGenerate(call),
    doStream: async (call: LanguageModelV3CallOptions) => (await load()).doStream(call),
  }
}

/** By this name the loop knows that tool results may stay data. */
export const plannerProvider = 'fsagent'
