import type { ModelMessage } from 'ai'
import { expect, test } from 'vitest'
import { trimMessages } from '../../src/sessions/trim-messages.js'

const user: ModelMessage = { role: 'user', content: 'q' }
const assistant: ModelMessage = { role: 'assistant', content: 'a' }
const tool: ModelMessage = { role: 'tool', content: [] }

test('trimMessages() begins with a question, so that no tool result loses its call', () => {
  const turn = [user, assistant, tool, assistant]
  expect(trimMessages([...turn, ...turn], 8)).toHaveLength(8)
  expect(trimMessages([...turn, ...turn], 7)).toEqual(turn)
  expect(trimMessages([...turn, ...turn], 4)).toEqual(turn)
})

test('trimMessages() keeps question and answer of a turn that is too long alone', () => {
  expect(trimMessages([user, assistant, tool, assistant, tool, assistant], 3)).toEqual([user, assistant])
})
