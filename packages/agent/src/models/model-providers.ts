import { createPlanner } from './lazy-planner.js'
import type { ModelProvider } from './model-provider.js'

const openaiAddress = 'https://api.openai.com/v1'
const anthropicAddress = 'https://api.anthropic.com'

/**
 * Every provider, in the order in which MODEL_PROVIDER=auto looks at them; their packages load when they are used.
 *
 * Each gets its address from us, because without one the packages look into the environment by themselves.
 */
export const modelProviders: readonly ModelProvider[] = [
  {
    name: 'azure',
    chosenBy: 'azureOpenaiApiKey',
    needs: ['azureOpenaiApiKey', 'azureOpenaiEndpoint'],
    modelId: ({ azureOpenaiDeploymentName }) => azureOpenaiDeploymentName,
    address: ({ azureOpenaiEndpoint }) => azureOpenaiEndpoint,
    load: async ({ azureOpenaiApiKey, azureOpenaiEndpoint = '', azureOpenaiApiVersion }, modelId) => {
      const { createAzure } = await import('@ai-sdk/azure')
      const root = `${azureOpenaiEndpoint.replace(/\/+$/, '').replace(/\/openai$/, '')}/openai`
      const key = azureOpenaiApiKey === undefined ? {} : { apiKey: azureOpenaiApiKey }
      // Dated API versions exist under addresses that name the deployment only.
      const address =
        azureOpenaiApiVersion === undefined
          ? { baseURL: `${root}/v1` }
          : { baseURL: root, apiVersion: azureOpenaiApiVersion, useDeploymentBasedUrls: true }
      return createAzure({ ...address, ...key }).chat(modelId)
    },
  },
  {
    name: 'openai',
    chosenBy: 'openaiApiKey',
    needs: ['openaiApiKey'],
    modelId: ({ openaiModel = 'gpt-4o' }) => openaiModel,
    address: ({ openaiBaseUrl = openaiAddress }) => openaiBaseUrl,
    load: async ({ openaiApiKey, openaiBaseUrl = openaiAddress }, modelId) => {
      const { createOpenAI } = await import('@ai-sdk/openai')
      const key = openaiApiKey === undefined ? {} : { apiKey: openaiApiKey }
      return createOpenAI({ baseURL: openaiBaseUrl, ...key }).chat(modelId)
    },
  },
  {
    name: 'anthropic',
    chosenBy: 'anthropicApiKey',
    needs: ['anthropicApiKey'],
    modelId: ({ anthropicModel = 'claude-sonnet-4-5' }) => anthropicModel,
    address: ({ anthropicBaseUrl = anthropicAddress }) => anthropicBaseUrl,
    load: async ({ anthropicApiKey, anthropicBaseUrl = anthropicAddress }, modelId) => {
      const { createAnthropic } = await import('@ai-sdk/anthropic')
      const key = anthropicApiKey === undefined ? {} : { apiKey: anthropicApiKey }
      // Anthropic's own libraries take the address without the version, the AI SDK with it.
      const baseURL = `${anthropicBaseUrl.replace(/\/+$/, '').replace(/\/v1$/, '')}/v1`
      return createAnthropic({ baseURL, ...key })(modelId)
    },
  },
  {
    name: 'openai-compatible',
    chosenBy: 'openaiBaseUrl',
    needs: ['openaiBaseUrl', 'openaiModel'],
    modelId: ({ openaiModel }) => openaiModel,
    address: ({ openaiBaseUrl }) => openaiBaseUrl,
    load: async ({ openaiApiKey, openaiBaseUrl = '' }, modelId) => {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
      const key = openaiApiKey === undefined ? {} : { apiKey: openaiApiKey }
      return createOpenAICompatible({ name: 'openai-compatible', baseURL: openaiBaseUrl, ...key })(modelId)
    },
  },
  {
    name: 'planner',
    chosenBy: null,
    needs: [],
    modelId: () => 'planner',
    address: () => undefined,
    load: async () => createPlanner(),
  },
]
