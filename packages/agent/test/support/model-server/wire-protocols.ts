import { anthropicMessages } from './anthropic-messages.js'
import { chatCompletions, objectionToMessages } from './chat-completions.js'
import { wireKey, type WireProtocol, type WireRequest } from './wire-protocol.js'

/** Who is spoken to where, and which header carries the key. */
interface Address {
  readonly path: string
  readonly header: string
  readonly key: string
}

function chatObjection({ path, header, key }: Address): WireProtocol['objection'] {
  return (request: WireRequest) => {
    if (request.path !== path) return `no such path: ${request.path}`
    if (request.headers[header] !== key) return 'wrong key'
    return objectionToMessages(request.body.messages)
  }
}

const azureDeployment: WireProtocol = {
  ...chatCompletions('filter'),
  name: 'azure',
  options: (address) => ({
    modelProvider: 'azure',
    azureOpenaiApiKey: wireKey,
    azureOpenaiEndpoint: address,
    azureOpenaiDeploymentName: 'my-deployment',
    azureOpenaiApiVersion: '2024-10-21',
  }),
  objection: chatObjection({
    path: '/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21',
    header: 'api-key',
    key: wireKey,
  }),
}

const azureVersionOne: WireProtocol = {
  ...azureDeployment,
  name: 'azure without a dated version',
  options: (address) => ({
    modelProvider: 'azure',
    azureOpenaiApiKey: wireKey,
    azureOpenaiEndpoint: `${address}/`,
    azureOpenaiDeploymentName: 'my-deployment',
  }),
  objection: chatObjection({ path: '/openai/v1/chat/completions', header: 'api-key', key: wireKey }),
}

const openai: WireProtocol = {
  ...chatCompletions('words'),
  name: 'openai',
  options: (address) => ({ modelProvider: 'openai', openaiApiKey: wireKey, openaiBaseUrl: `${address}/v1` }),
  objection: chatObjection({ path: '/v1/chat/completions', header: 'authorization', key: `Bearer ${wireKey}` }),
}

const openaiCompatible: WireProtocol = {
  ...openai,
  name: 'openai-compatible',
  options: (address) => ({
    modelProvider: 'openai-compatible',
    openaiApiKey: wireKey,
    openaiBaseUrl: `${address}/v1`,
    openaiModel: 'local-model',
  }),
}

/** Every provider that speaks over a wire; the contract suite runs against each. */
export const wireProtocols: readonly WireProtocol[] = [
  azureDeployment,
  azureVersionOne,
  openai,
  openaiCompatible,
  anthropicMessages,
]
