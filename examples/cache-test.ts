// Tries the cache out: a first read, a second one, a changed file, a restart. Run it with `npm run example -- cache-test`.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAgent, type AgentOptions } from '@fsagent/agent'

const folder = mkdtempSync(join(tmpdir(), 'fsagent-cache-test-'))
const dataRoot = join(folder, 'data')
const options: AgentOptions = { dataRoot, cacheDirectory: join(folder, 'cache'), useNewCache: true }
const question = 'Read data/notes/test.txt'

try {
  mkdirSync(join(dataRoot, 'notes'), { recursive: true })
  writeFileSync(join(dataRoot, 'notes', 'test.txt'), 'Version 1\n')
  await testOneProcess()
  await testRestart()
  console.log('All tests passed')
} finally {
  rmSync(folder, { recursive: true })
}

async function testOneProcess(): Promise<void> {
  await using agent = await createAgent(options)
  const first = await agent.chat(question)
  report('first read', first.toolCalls[0]?.result.cache.outcome)
  assert.match(first.text, /Version 1/)

  const second = await agent.chat(question)
  report('second read', second.toolCalls[0]?.result.cache.outcome)
  // A file that is only a moment old is compared by its hash: "confirmed".
  assert.match(String(second.toolCalls[0]?.result.cache.outcome), /^(hit|confirmed)$/)

  writeFileSync(join(dataRoot, 'notes', 'test.txt'), 'Version 2\n')
  const third = await agent.chat(question)
  report('after a change of the same size', third.toolCalls[0]?.result.cache.outcome)
  assert.match(third.text, /Version 2/)

  const { new_cache: statistics } = agent.getCacheStats()
  assert.ok(statistics.enabled)
  console.log(`entries: ${statistics.disk_cache.size}, bytes: ${statistics.disk_cache.volume}`)
  assert.ok(statistics.disk_cache.size > 0)
}

async function testRestart(): Promise<void> {
  await using agent = await createAgent(options)
  const { cache, text } = await agent.runTool('cat', { path: 'notes/test.txt' })
  report('after a restart', cache.outcome)
  assert.equal(text, 'Version 2\n')
  assert.match(cache.outcome, /^(hit|confirmed)$/)
}

function report(step: string, outcome: string | undefined): void {
  console.log(`${step}: ${outcome ?? 'no tool was called'}`)
}
