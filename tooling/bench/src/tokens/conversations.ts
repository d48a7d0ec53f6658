import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ScriptedToolCall } from '@fsagent/testing'

/** A question and the tool calls that a model makes for it, step by step. */
export interface Conversation {
  readonly question: string
  readonly steps: readonly (readonly ScriptedToolCall[])[]
}

/** Writes what the conversations are about: the sample data, and a few things that are too large for a model. */
export function writeConversationData(sample: string, root: string): void {
  cpSync(sample, root, { recursive: true })
  mkdirSync(join(root, 'generated', 'many'), { recursive: true })
  const log = Array.from({ length: 20_000 }, (_, index) => {
    const level = index % 10 === 0 ? 'ERROR' : 'INFO'
    return `2024-06-01T12:00:00Z ${level} request ${index} took ${(index * 37) % 900} ms\n`
  })
  writeFileSync(join(root, 'generated', 'server.log'), log.join(''))
  const records = Array.from({ length: 4000 }, (_, id) => ({ id, name: `item ${id}`, tags: ['a', 'b'] }))
  writeFileSync(join(root, 'generated', 'items.json'), JSON.stringify(records))
  for (let index = 0; index < 1000; index += 1) {
    writeFileSync(join(root, 'generated', 'many', `note-${index}.txt`), `note ${index}: remember the milk\n`)
  }
}

const grep = (pattern: string, more: object = {}): ScriptedToolCall => ({
  tool: 'grep',
  arguments: { pattern, ...more },
})
const on = (tool: string, path: string, more: object = {}): ScriptedToolCall => ({ tool, arguments: { path, ...more } })
const log = 'generated/server.log'

/** Questions of the kinds that people ask, small and large answers mixed. */
export const conversations: readonly Conversation[] = [
  { question: 'Where is TODO mentioned?', steps: [[grep('TODO')]] },
  { question: 'What errors are in the server log?', steps: [[grep('ERROR', { path: log })]] },
  { question: 'Show me server.log', steps: [[on('cat', log)]] },
  { question: 'What are the last 50 lines of server.log?', steps: [[on('tail', log, { lines: 50 })]] },
  { question: 'How does server.log begin?', steps: [[on('head', log)]] },
  { question: 'How many lines has server.log?', steps: [[on('wc', log)]] },
  { question: 'What is in items.json?', steps: [[on('cat', 'generated/items.json')]] },
  { question: 'Which items have the tag b?', steps: [[grep('"b"', { path: 'generated/items.json' })]] },
  { question: 'List the notes in generated/many', steps: [[on('ls', 'generated/many')]] },
  { question: 'Who has to remember the milk?', steps: [[grep('milk')], [on('cat', 'generated/many/note-7.txt')]] },
  { question: 'Find all text files', steps: [[{ tool: 'find', arguments: { extension: 'txt' } }]] },
  { question: 'Give me an overview of the structure', steps: [[on('tree', '.')]] },
  { question: 'Which projects are there?', steps: [[on('ls', 'projects')]] },
  {
    question: 'What is our password policy?',
    steps: [[grep('password', { ignore_case: true })], [grep('at least \\d+ characters')]],
  },
  {
    question: 'Which requests took longer than 800 ms?',
    steps: [[grep('took 8\\d\\d ms', { path: log })], [on('wc', log)]],
  },
  {
    question: 'Summarise the log',
    steps: [[on('smart_read', log, { query: 'ERROR request' })], [on('tail', log)]],
  },
  {
    question: 'Compare the first and the last note',
    steps: [
      [{ tool: 'smart_cat', arguments: { paths: ['generated/many/note-0.txt', 'generated/many/note-999.txt'] } }],
    ],
  },
  {
    question: 'What do the meeting notes say about the budget?',
    steps: [
      [{ tool: 'find', arguments: { path: '.', name: '*budget*' } }, grep('budget', { ignore_case: true })],
      [grep('budget', { ignore_case: true, mode: 'files' })],
    ],
  },
  {
    question: 'Which request was the slowest?',
    steps: [[grep('took 899 ms', { path: log })], [grep('took 89\\d ms', { path: log })], [on('wc', log)]],
  },
  {
    question: 'Is there anything about Kubernetes?',
    steps: [[grep('kubernetes', { ignore_case: true })], [{ tool: 'find', arguments: { name: '*k8s*' } }]],
  },
]
