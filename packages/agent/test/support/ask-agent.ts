import type { AgentEvent } from '../../src/agent-event.js'
import type { Agent, ChatOptions } from '../../src/agent.js'
import type { ChatResult } from '../../src/chat-result.js'

/** How a question is asked. */
export interface AskOptions extends ChatOptions {
  readonly streamed: boolean
}

/** Asks in one piece or streamed; a failed turn is thrown either way. */
export async function askAgent(agent: Agent, question: string, options: AskOptions): Promise<ChatResult> {
  if (!options.streamed) return agent.chat(question, options)
  const last = (await eventsOf(agent.stream(question, options))).at(-1)
  if (last?.type === 'error') throw last.error
  if (last?.type !== 'done') throw new TypeError('Cannot give result: the stream has none')
  return last.result
}

/** Gives all events of a turn. */
export async function eventsOf(events: AsyncIterable<AgentEvent>): Promise<AgentEvent[]> {
  const collected: AgentEvent[] = []
  for await (const event of events) collected.push(event)
  return collected
}
