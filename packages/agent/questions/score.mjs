import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createAgent, createPlanner } from '@fsagent/agent'
import { describeScore, readQuestions, scoreQuestions } from './score-questions.mjs'

/** With `--lazy-tools` the planner is offered only the tools that a question seems to need. */
const lazyTools = process.argv.includes('--lazy-tools')
const dataRoot = fileURLToPath(new URL('../../../data', import.meta.url))
const cacheDirectory = mkdtempSync(join(tmpdir(), 'fsagent-questions-'))
try {
  const agent = await createAgent({ dataRoot, cacheDirectory, lazyTools, model: createPlanner() })
  try {
    const score = await scoreQuestions(agent, readQuestions(), { dataRoot })
    for (const { id, kind, question, missed, wrong } of score.failures) {
      process.stdout.write(`${id} ${kind.padEnd(9)} ${question}\n`)
      for (const one of missed) process.stdout.write(`     missing: ${one}\n`)
      for (const one of wrong) process.stdout.write(`     wrong:   ${one}\n`)
    }
    process.stdout.write(`${describeScore(score)}\n`)
  } finally {
    await agent.close()
  }
} finally {
  rmSync(cacheDirectory, { recursive: true, force: true })
}
