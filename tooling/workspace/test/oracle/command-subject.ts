import { type AgentOptions, parseSettings } from '@fsagent/agent'
import { openOneCallTools } from '@fsagent/agent/tools'
import { FileStateError } from '@fsagent/file-state'
import type { Answer, Query, Subject } from '@fsagent/testing'
import { answerOf } from './agent-subject.js'

/**
 * What a single command does, once for each question: in turns without the store and by way of it, so that answers of each
 * way are compared and what one leaves behind is used by others.
 */
export function commandSubject(options: AgentOptions): Subject {
  let asked = 0
  const answer = async (query: Query): Promise<Answer> => {
    asked += 1
    const { settings } = parseSettings({ flags: { ...options, cacheFreshness: 'auto' } })
    const patienceMs = asked % 3 === 0 ? Infinity : 0
    try {
      await using tools = await openOneCallTools({ settings, patienceMs })
      const result = await tools.run(query.tool, query.arguments)
      await tools.settle()
      return answerOf(result)
    } catch (error) {
      // The root was being replaced meanwhile.
      if (error instanceof FileStateError && error.code === 'ROOT_NOT_FOUND')
        return { text: error.message, outcome: 'refused' }
      throw error
    }
  }
  return { name: 'command', answer, restart: async () => {}, close: async () => {} }
}
