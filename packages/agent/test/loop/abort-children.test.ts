import { existsSync } from 'node:fs'
import { scriptedModel, until, type ScriptedModel } from '@fsagent/testing'
import { expect, onTestFinished, test } from 'vitest'
import { eventsOf } from '../support/ask-agent.js'
import { openAgent } from '../support/open-agent.js'
import { childrenWith } from '../support/search-processes.js'

const supported = existsSync('/proc/self/task')
/** Enough to keep a search busy for a while, none of it a match. */
const large = 'word and another word without an end, again and again the same words\n'.repeat(300_000)

/** Patterns without a literal to skip ahead to; the marker tells these searches from those of other tests. */
function searching(marker: string): ScriptedModel {
  const patterns = ['\\d', '\\p{N}', '\\p{Lu}\\d'].map(
    (end) => `\\p{L}{1,60}\\s\\p{L}{1,60}\\s\\p{L}{1,60}${end}|${marker}`,
  )
  return scriptedModel([
    { toolCalls: patterns.map((pattern) => ({ tool: 'grep', arguments: { pattern } })) },
    { text: 'never' },
  ])
}

test.skipIf(!supported)('chat() that is aborted leaves no search behind', async () => {
  await using open = await openAgent({ 'large.txt': large }, { model: searching('marker-chat') })
  const controller = new AbortController()
  const [outcome] = await Promise.allSettled([
    open.agent.chat('search', { signal: controller.signal }),
    frozenSearch('marker-chat').then(() => controller.abort()),
  ])
  expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'AGENT_ABORTED' } })
  await noSearch('marker-chat')
})

test.skipIf(!supported)('stream() that is aborted leaves no search behind, and the agent works on', async () => {
  await using open = await openAgent({ 'large.txt': large }, { model: searching('marker-stream') })
  const controller = new AbortController()
  const [events] = await Promise.all([
    eventsOf(open.agent.stream('search', { signal: controller.signal })),
    frozenSearch('marker-stream').then(() => controller.abort()),
  ])
  expect(events.at(-1)).toMatchObject({ type: 'error', error: { code: 'AGENT_ABORTED' } })
  await noSearch('marker-stream')
  expect(await open.agent.runTool('head', { path: 'large.txt', lines: 1 })).toMatchObject({ ok: true, shown: 1 })
})

test.skipIf(!supported)('close() ends the searches of a running turn', async () => {
  await using open = await openAgent({ 'large.txt': large }, { model: searching('marker-close') })
  const [outcome] = await Promise.allSettled([
    open.agent.chat('search'),
    frozenSearch('marker-close').then(async () => open.agent.close()),
  ])
  expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'AGENT_ABORTED' } })
  await noSearch('marker-close')
})

/** Waits for a search and stops it, so that it cannot end by itself: then only a kill explains that it is gone. */
async function frozenSearch(marker: string): Promise<void> {
  onTestFinished(() => {
    for (const id of childrenWith(marker)) process.kill(id, 'SIGKILL')
  })
  await until(() => childrenWith(marker).length > 0)
  for (const id of childrenWith(marker)) process.kill(id, 'SIGSTOP')
}

async function noSearch(marker: string): Promise<void> {
  await until(() => childrenWith(marker).length === 0)
}
