import { createInterface } from 'node:readline'
import { createAgent } from '@fsagent/agent'

/** Answers each line of standard input with one line of JSON, from one cache, until the input ends. */
const [dataRoot = '', cacheDirectory = ''] = process.argv.slice(2)
const labels: Readonly<Record<string, string>> = { hit: 'cache hit', miss: 'executed', bypass: 'executed, uncached' }

await using agent = await createAgent({ dataRoot, cacheDirectory, useNewCache: true, modelProvider: 'planner' })

for await (const question of createInterface({ input: process.stdin })) {
  const started = performance.now()
  const { text, toolCalls } = await agent.chat(question)
  const wholeMs = performance.now() - started
  const outcomes = toolCalls.map(
    ({ name, result }) => `${name}: ${labels[result.cache.outcome] ?? result.cache.outcome}`,
  )
  const slowestToolMs = Math.max(0, ...toolCalls.map(({ result }) => result.duration_ms))
  console.log(JSON.stringify({ answeredBy: [...new Set(outcomes)].join(', '), slowestToolMs, wholeMs, answer: text }))
}
