import type { AgentModel } from '@fsagent/agent'

type Model = Extract<AgentModel, { readonly specificationVersion: 'v3' }>
type Generated = Awaited<ReturnType<Model['doGenerate']>>

/** A model that answers with what it is told to, when it is told to. */
export interface ScriptedModel {
  readonly model: Model
  /** Resolves when the model was asked. */
  readonly asked: Promise<AbortSignal>
}

/** Makes a model whose one answer is whatever `answer` gives; an error it throws is one of the provider. */
export function scriptedModel(answer: (signal: AbortSignal) => Promise<string>): ScriptedModel {
  let tellAsked: (signal: AbortSignal) => void = () => {}
  const asked = new Promise<AbortSignal>((resolve) => {
    tellAsked = resolve
  })
  const model: Model = {
    specificationVersion: 'v3',
    provider: 'scripted',
    modelId: 'scripted',
    supportedUrls: {},
    doGenerate: async ({ abortSignal = new AbortController().signal }): Promise<Generated> => {
      tellAsked(abortSignal)
      const text = await answer(abortSignal)
      return {
        content: [{ type: 'text', text }],
        finishReason: { unified: 'stop', raw: 'stop' },
        usage: {
          inputTokens: { total: 3, noCache: 3, cacheRead: 0, cacheWrite: 0 },
          outputTokens: { total: 2, text: 2, reasoning: 0 },
        },
        warnings: [],
      }
    },
    doStream: async () => {
      throw new TypeError('Cannot stream: the server asks for whole answers')
    },
  }
  return { model, asked }
}
