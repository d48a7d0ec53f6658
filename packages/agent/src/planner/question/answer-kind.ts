import type { AnswerKind } from '../answer/rank-passages.js'

const RULES: readonly (readonly [pattern: RegExp, kind: AnswerKind])[] = [
  [/\bwhy\b|\bwhat(?:'s| is| was) the reason\b|\bhow come\b/i, 'why'],
  [
    /\bhow (?:many|much|long|often|large|big|high|far|fast|quickly|old|frequently)\b|\bwhat (?:amount|number|size|price)\b/i,
    'number',
  ],
  [/\bwhat (?:time|hour)\b/i, 'time'],
  [/\bwhen\b|\bwhat (?:date|day|year)\b|\bby when\b|\bwhich (?:day|date|year|month|weekday)\b|\bhow soon\b/i, 'when'],
  [/\bwho(?:m|se)?\b/i, 'who'],
  [/^(?:which|what)\s.+\b(?:exist|are there|are available|do we have)\b/i, 'definition'],
  [/^what(?:'s| is| are| does)\b|\bdefine\b|\bmeaning of\b|\bstands? for\b/i, 'definition'],
]

/** Tells what kind of answer a question asks for from its question words. */
export function answerKind(question: string): AnswerKind {
  return RULES.find(([pattern]) => pattern.test(question))?.[1] ?? 'other'
}
