// Times three questions without a cache, with v2, and with v3: `npm run example -- benchmark-migration [DATA_ROOT]`.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAgent, type Agent, type AgentOptions } from '@fsagent/agent'

const rounds = 5
const dataRoot = process.argv[2] ?? 'data'
const questions = [
  'Read data/projects/project-alpha/README.md',
  'Find all Python files in data/',
  'Search for TODO in data/projects/',
]
const caches: Readonly<Record<string, Pick<AgentOptions, 'cacheEnabled' | 'useNewCache'>>> = {
  'no cache': { cacheEnabled: false, useNewCache: false },
  v2: { cacheEnabled: true, useNewCache: false },
  v3: { cacheEnabled: false, useNewCache: true },
}

const folder = mkdtempSync(join(tmpdir(), 'fsagent-benchmark-'))
try {
  const rows: Record<string, string>[] = []
  for (const [name, settings] of Object.entries(caches)) {
    await using agent = await createAgent({ dataRoot, cacheDirectory: join(folder, 'cache'), ...settings })
    // The first question of a process also loads the model loop: that is no cache's fault.
    await agent.chat('What can you do?')
    for (const question of questions) rows.push(await time(agent, name, question))
  }
  console.table(rows)
} finally {
  rmSync(folder, { recursive: true })
}

/** Milliseconds of the tools alone, first and repeated, and of the whole repeated answer. */
async function time(agent: Agent, cache: string, question: string): Promise<Record<string, string>> {
  const cold = await ask(agent, question)
  const warm: { readonly tools: number; readonly answer: number }[] = []
  for (let round = 0; round < rounds; round += 1) warm.push(await ask(agent, question))
  return {
    cache,
    question,
    'tools, first': milliseconds(cold.tools),
    'tools, again': milliseconds(median(warm.map(({ tools }) => tools))),
    'answer, again': milliseconds(median(warm.map(({ answer }) => answer))),
  }
}

async function ask(agent: Agent, question: string): Promise<{ readonly tools: number; readonly answer: number }> {
  const started = performance.now()
  const { toolCalls } = await agent.chat(question)
  const answer = performance.now() - started
  return { answer, tools: toolCalls.reduce((sum, { result }) => sum + result.duration_ms, 0) }
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
}

function milliseconds(value: number): string {
  return `${value.toFixed(2)} ms`
}
