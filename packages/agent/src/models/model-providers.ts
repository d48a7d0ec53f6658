import { createPlanner } from './lazy-planner.js'
import type { ModelProvider } from './model-provider.js'

/** Every provider, in the order in which MODEL_PROVIDER=auto looks at them; their packages load when they are used. */
export const modelProviders: readonly ModelProvider[] = [
  {
    name: 'azure',
    chosenBy: 'azureOpenaiApiKey',
    needs: ['azureOpenaiApiKey', 'azureOpenaiEndpoint'],
    modelId: ({ azureOpenaiDeploymentName }) => azureOpenaiDeploymentName,
    load: async ({ azureOpenaiApiKey, azureOpenaiEndpoint = '', azureOpenaiApiVersion }, modelId) => {
      const { createAzure } = await import('@ai-sdk/azure')
      const baseURL = `${azureOpenaiEndpoint.replace(/\/+$/, '').replace(/\/openai$/, '')}/openai`
      const key = azureOpenaiApiKey === undefined ? {} : { apiKey: azureOpenaiApiKey }
      // Dated API versions exist under addresses that name the deployment only.
      const version =
        azureOpenaiApiVersion === undefined ? {} : { apiVersion: azureOpenaiApiVersion, useDeploymentBasedUrls: true }
      return createAzure({ baseURL, ...key, ...version }).chat(modelId)
    },
  },
  {
    name: 'openai',
    chosenBy: 'openaiApiKey',
    needs: ['openaiApiKey'],
    modelId: ({ openaiModel = 'gpt-4o' }) => openaiModel,
    load: async ({ openaiApiKey, openaiBaseUrl }, modelId) => {
      const { createOpenAI } = await import('@ai-sdk/openai')
      const key = openaiApiKey === undefined ? {} : { apiKey: openaiApiKey }
      const provider = createOpenAI({ ...key, ...(openaiBaseUrl === undefined ? {} : { baseURL: openaiBaseUrl }) })
      return provider.chat(modelId)
    },
  },
  {
    name: 'anthropic',
    chosenBy: 'anthropicApiKey',
    needs: ['anthropicApiKey'],
    modelId: ({ anthropicModel = 'claude-sonnet-4-5' }) => anthropicModel,
    load: async ({ anthropicApiKey }, modelId) => {
      const { createAnthropic } = await import('@ai-sdk/anthropic')
      return createAnthropic(anthropicApiKey === undefined ? {} : { apiKey: anthropicApiKey })(modelId)
    },
  },
  {
    name: 'openai-compatible',
    chosenBy: 'openaiBaseUrl',
    needs: ['openaiBaseUrl', 'openaiModel'],
    modelId: ({ openaiModel }) => openaiModel,
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
    load: async () => createPlanner(),
  },
]
