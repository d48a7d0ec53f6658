import type { Conversation } from '../conversation.js'
import { completeFollowUp } from '../question/follow-up.js'
import { readQuestion } from '../question/read-question.js'
import type { Reading } from './intent.js'
import { intents } from './intents.js'

/** What a question was understood as. */
export interface Understanding extends Reading {
  readonly intent: string
}

/** Reads the question of a conversation, completed from earlier ones where it is a follow-up. */
export function chooseIntent(conversation: Pick<Conversation, 'question' | 'earlier' | 'answers'>): Understanding {
  const { text, isGuess } = completeFollowUp(conversation)
  const understood = understand(text)
  return isGuess && understood.intent === OPEN ? understand(conversation.question) : understood
}

const OPEN = 'open'

function understand(text: string): Understanding {
  const question = readQuestion(text)
  for (const intent of intents) {
    const reading = intent.read(question)
    if (reading !== undefined) return { intent: intent.name, ...reading }
  }
  throw new TypeError('The last intent takes every question')
}
