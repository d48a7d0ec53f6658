import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAgent, createPlanner, type AgentOptions } from '@fsagent/agent'
import { scriptedModel } from '@fsagent/testing'
import { sampleRoot } from '../sample-root.js'
import type { SuiteResult, Table } from '../suite-result.js'
import { withTemporaryFolder } from '../temporary-folder.js'
import { conversations, writeConversationData, type Conversation } from './conversations.js'
import { countTokens } from './count-tokens.js'

/** What was sent to a model, in tokens, every request counted. */
interface SentTokens {
  readonly definitions: number
  readonly results: number
}

/** A way to run the conversations. */
interface Variant {
  readonly name: string
  readonly limited: boolean
  readonly lazy: boolean
}

/** The tokens of one question in each way. */
interface TokenRow {
  readonly question: string
  readonly sent: Readonly<Record<string, SentTokens>>
}

/** How many conversations and questions are counted. */
export interface TokenSettings {
  readonly conversations: number
  readonly questions: number
}

/** The tables as data, for the JSON file. */
export interface TokenResult extends SuiteResult {
  readonly conversations: readonly TokenRow[]
  readonly questions: { readonly asked: number; readonly sent: Readonly<Record<string, SentTokens>> }
}

const variants: readonly Variant[] = [
  { name: 'no limits', limited: false, lazy: false },
  { name: 'limits', limited: true, lazy: false },
  { name: 'limits, lazy tools', limited: true, lazy: true },
]
const questionFile = new URL('../../../../packages/agent/questions/questions.json', import.meta.url)

/** Tokens of tool definitions and results with and without the limits and lazy choice. */
export async function countSentTokens({
  conversations: most,
  questions: mostQuestions,
}: TokenSettings): Promise<TokenResult> {
  const rows = await withTemporaryFolder(async (folder) => {
    const root = join(folder, 'root')
    writeConversationData(sampleRoot, root)
    const found: TokenRow[] = []
    for (const conversation of conversations.slice(0, most)) found.push(await tokensOf(conversation, folder, root))
    return found
  })
  const questions = readQuestions().slice(0, mostQuestions)
  const sent = await withTemporaryFolder(async (folder) => plannerTokens(questions, folder))
  return {
    comparisons: [],
    conversations: rows,
    questions: { asked: questions.length, sent },
    tables: [conversationTable(rows), questionTable(questions.length, sent)],
  }
}

async function tokensOf({ question, steps }: Conversation, folder: string, root: string): Promise<TokenRow> {
  const sent: Record<string, SentTokens> = {}
  for (const { name, limited, lazy } of variants) {
    const script = steps.map((calls) => ({ toolCalls: limited ? calls : calls.map(withoutLimit) }))
    const model = scriptedModel([...script, { text: 'done' }])
    const options = { dataRoot: root, cacheDirectory: join(folder, 'cache'), lazyTools: lazy, model }
    // Far above anything here, so that the last resort does not hide what the limits do.
    await using agent = await createAgent({ ...options, ...(limited ? {} : { maxOutputSize: 1_000_000_000 }) })
    const { toolCalls } = await agent.chat(question)
    const failed = toolCalls.find(({ result }) => !result.ok)
    if (failed !== undefined) throw new Error(`Cannot measure "${question}": ${failed.result.error?.message}`)
    sent[name] = sumOf(model.calls.map(sentTokens))
  }
  return { question, sent }
}

type ScriptedCall = Conversation['steps'][number][number]

/** `limit: 0` gives everything; counting lines knows no limit. */
function withoutLimit(call: ScriptedCall): ScriptedCall {
  if (typeof call.arguments === 'string' || call.tool === 'wc') return call
  return { ...call, arguments: { ...call.arguments, limit: 0 } }
}

type Planner = ReturnType<typeof createPlanner>
type ModelCall = Parameters<Planner['doGenerate']>[0]

function sentTokens({ tools = [], prompt }: ModelCall): SentTokens {
  const outputs = prompt.flatMap((message) => (message.role === 'tool' ? message.content : []))
  return {
    definitions: countTokens(JSON.stringify(tools)),
    results: outputs.reduce((sum, output) => sum + countTokens(JSON.stringify(output)), 0),
  }
}

function sumOf(all: readonly SentTokens[]): SentTokens {
  return all.reduce(
    (sum, one) => ({ definitions: sum.definitions + one.definitions, results: sum.results + one.results }),
    { definitions: 0, results: 0 },
  )
}

/** The questions that the planner is scored with; it reads results as data, so only definitions are counted. */
async function plannerTokens(questions: readonly string[], folder: string): Promise<Record<string, SentTokens>> {
  const sent: Record<string, SentTokens> = {}
  for (const { name, lazy } of variants.filter(({ limited }) => limited)) {
    const calls: SentTokens[] = []
    const options: AgentOptions = { dataRoot: sampleRoot, cacheDirectory: join(folder, 'cache'), lazyTools: lazy }
    await using agent = await createAgent({ ...options, model: observed(createPlanner(), calls) })
    for (const question of questions) await agent.chat(question)
    sent[name] = sumOf(calls)
  }
  return sent
}

function observed(model: Planner, calls: SentTokens[]): Planner {
  return {
    ...model,
    doGenerate: async (call) => {
      calls.push({ definitions: countTokens(JSON.stringify(call.tools ?? [])), results: 0 })
      return model.doGenerate(call)
    },
  }
}

function readQuestions(): string[] {
  const questions: readonly { readonly question: string }[] = JSON.parse(readFileSync(questionFile, 'utf8'))
  return questions.map(({ question }) => question)
}

function conversationTable(rows: readonly TokenRow[]): Table {
  const names = variants.map(({ name }) => name)
  const cells = ({ sent }: Pick<TokenRow, 'sent'>): string[] =>
    names.flatMap((name) => [grouped(sent[name]?.definitions), grouped(sent[name]?.results)])
  const total = {
    sent: Object.fromEntries(names.map((name) => [name, sumOf(rows.flatMap(({ sent }) => sent[name] ?? []))])),
  }
  const head = ['question', ...names.flatMap((name) => [name, ''])]
  return {
    title: 'Tokens sent to a scripted model: definitions of tools, results',
    rows: [head, ...rows.map((row) => [row.question, ...cells(row)]), ['all', ...cells(total)]],
    alignments: ['left', ...names.flatMap(() => ['right', 'right'] as const)],
  }
}

function questionTable(asked: number, sent: Readonly<Record<string, SentTokens>>): Table {
  const rows = Object.entries(sent).map(([name, { definitions }]) => [
    name === 'limits' ? 'all tools' : 'lazy tools',
    grouped(definitions),
    grouped(Math.round(definitions / asked)),
  ])
  const head = ['offered', 'tokens of definitions', 'a question']
  return {
    title: `Tokens sent to the planner over ${asked} questions`,
    rows: [head, ...rows],
    alignments: ['left', 'right', 'right'],
  }
}

function grouped(count: number | undefined): string {
  return (count ?? 0).toLocaleString('en-US')
}
