import { type AgentOptions, createAgent, type ToolResult } from '@fsagent/agent'
import type { Answer, Query, Subject } from '@fsagent/testing'

/** An agent that lives as long as the run, in this process; it opens with the first question. */
export function agentSubject(options: AgentOptions): Subject {
  let opening: ReturnType<typeof createAgent> | undefined
  const close = async (): Promise<void> => {
    const agent = await opening
    opening = undefined
    await agent?.close()
  }
  const answer = async (query: Query): Promise<Answer> => {
    opening ??= createAgent(options)
    return answerOf(await (await opening).runTool(query.tool, query.arguments))
  }
  return { name: 'agent', answer, restart: close, close }
}

/** A new agent without a cache for each question. */
export function freshSubject(options: AgentOptions): Subject {
  const answer = async (query: Query): Promise<Answer> => {
    await using agent = await createAgent({ ...options, cacheEnabled: false, useNewCache: false })
    return answerOf(await agent.runTool(query.tool, query.arguments))
  }
  return { name: 'fresh', answer, restart: async () => {}, close: async () => {} }
}

/** What has to be the same: everything but how it was found out and how long that took. */
export function answerOf(result: ToolResult): Answer {
  const { cache, duration_ms: _duration, ...rest } = result
  return { text: JSON.stringify(rest), outcome: result.ok ? cache.outcome : 'refused' }
}
