/** Names of span attributes: those of OpenTelemetry's conventions for generative AI, and a few of our own. */
export const attributeNames = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  agent: 'gen_ai.agent.name',
  conversation: 'gen_ai.conversation.id',
  requestModel: 'gen_ai.request.model',
  responseModel: 'gen_ai.response.model',
  responseId: 'gen_ai.response.id',
  finishReasons: 'gen_ai.response.finish_reasons',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  inputMessages: 'gen_ai.input.messages',
  outputMessages: 'gen_ai.output.messages',
  systemInstructions: 'gen_ai.system_instructions',
  tool: 'gen_ai.tool.name',
  toolType: 'gen_ai.tool.type',
  toolCall: 'gen_ai.tool.call.id',
  toolArguments: 'gen_ai.tool.call.arguments',
  toolResult: 'gen_ai.tool.call.result',
  errorType: 'error.type',
  steps: 'fsagent.steps',
  toolCalls: 'fsagent.tool_calls',
  cacheOutcome: 'fsagent.cache.outcome',
  cacheTier: 'fsagent.cache.tier',
  truncated: 'fsagent.result.truncated',
} as const

/** What the conventions call the operations that spans stand for. */
export const operations = { turn: 'invoke_agent', chat: 'chat', tool: 'execute_tool' } as const

/** Gives the conventions' name of who a model of the AI SDK comes from. */
export function providerName(provider: string): string {
  const [family = provider] = provider.split('.')
  return family === 'azure' ? 'azure.ai.openai' : family
}
