// Times three questions without a cache, with v2, with v3 and with both: `npm run example -- benchmark-migration [DATA_ROOT]`.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAgent, type Agent } from '@fsagent/agent'
import { comparedCaches, migrationQuestions, timeAnswer, type AnswerTime } from './shared/compared-caches.js'

const rounds = 5
const dataRoot = process.argv[2] ?? 'data'

const folder = mkdtempSync(join(tmpdir(), 'fsagent-benchmark-'))
try {
  const rows: Record<string, string>[] = []
  for (const [name, settings] of Object.entries(comparedCaches)) {
    // A cache of its own for each, so that none begins with what another has found.
    const cacheDirectory = join(folder, name)
    await using agent = await createAgent({ dataRoot, cacheDirectory, longLived: true, ...settings })
    // The first question of a process also loads the model loop: that is no cache's fault.
    await agent.chat('What can you do?')
    for (const question of migrationQuestions) rows.push(await time(agent, name, question))
  }
  console.table(rows)
} finally {
  rmSync(folder, { recursive: true })
}

/** Milliseconds of the tools alone, first and repeated, and of the whole repeated answer. */
async function time(agent: Agent, cache: string, question: string): Promise<Record<string, string>> {
  const cold = await timeAnswer(agent, question)
  const warm: AnswerTime[] = []
  for (let round = 0; round < rounds; round += 1) warm.push(await timeAnswer(agent, question))
  return {
    cache,
    question,
    'tools, first': milliseconds(cold.tools),
    'tools, again': milliseconds(median(warm.map(({ tools }) => tools))),
    'answer, again': milliseconds(median(warm.map(({ answer }) => answer))),
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
}

function milliseconds(value: number): string {
  return `${value.toFixed(2)} ms`
}
