import { optional, required, secret } from './setting.js'
import { address, flag, oneOf, seconds, text } from './setting-kinds.js'

/** Who answers. */
export const modelSettings = {
  modelProvider: required({
    key: 'MODEL_PROVIDER',
    default: 'auto',
    kind: oneOf(['auto', 'azure', 'openai', 'anthropic', 'openai-compatible', 'planner']),
    unit: null,
    description: 'Who answers; auto takes the first that is configured, else the planner',
  }),
  azureOpenaiApiKey: secret({ key: 'AZURE_OPENAI_API_KEY', description: 'Key for Azure OpenAI' }),
  azureOpenaiEndpoint: optional({
    key: 'AZURE_OPENAI_ENDPOINT',
    kind: address(),
    description: 'Address of the Azure OpenAI resource',
  }),
  azureOpenaiDeploymentName: required({
    key: 'AZURE_OPENAI_DEPLOYMENT_NAME',
    default: 'gpt-4o',
    kind: text(),
    unit: null,
    description: 'Deployment to ask at Azure OpenAI',
  }),
  azureOpenaiApiVersion: optional({
    key: 'AZURE_OPENAI_API_VERSION',
    kind: text(),
    description: 'API version of Azure OpenAI',
  }),
  openaiApiKey: secret({ key: 'OPENAI_API_KEY', description: 'Key for OpenAI or a compatible server' }),
  openaiModel: optional({
    key: 'OPENAI_MODEL',
    kind: text(),
    description: 'Model to ask at OpenAI or a compatible server',
  }),
  openaiBaseUrl: optional({
    key: 'OPENAI_BASE_URL',
    kind: address(),
    description: 'Address of a server that speaks the OpenAI protocol',
  }),
  anthropicApiKey: secret({ key: 'ANTHROPIC_API_KEY', description: 'Key for Anthropic' }),
  anthropicModel: optional({ key: 'ANTHROPIC_MODEL', kind: text(), description: 'Model to ask at Anthropic' }),
  anthropicBaseUrl: optional({
    key: 'ANTHROPIC_BASE_URL',
    kind: address(),
    description: 'Address of a server that speaks the Anthropic protocol',
  }),
  telemetryContent: required({
    key: 'TELEMETRY_CONTENT',
    default: false,
    kind: flag(),
    unit: null,
    description: 'Record the texts of questions, answers and tool results in OpenTelemetry spans',
  }),
  modelTimeout: required({
    key: 'MODEL_TIMEOUT',
    default: 180,
    // Above this Node gives up on a silent connection by itself.
    kind: seconds(0.1, 300),
    unit: 'seconds',
    description: 'Longest time a model may stay silent, attempts to ask it again included',
  }),
} as const
