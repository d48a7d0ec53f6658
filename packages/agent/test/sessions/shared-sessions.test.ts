import { scriptedModel } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { createAgent } from '../../src/create-agent.js'
import { openAgent } from '../support/open-agent.js'

test('what another process said in a session during a turn stays in it', async () => {
  await using open = await openAgent({}, { model: scriptedModel([{ text: 'short' }, { text: 'last' }]) })
  const model = scriptedModel([
    async () => {
      await open.agent.chat('meanwhile', { sessionId: 's' })
      return { text: 'long' }
    },
  ])
  const cacheDirectory = `${open.outside}/cache`
  await using follower = await createAgent({ dataRoot: open.root, cacheDirectory, model })
  expect(follower.getCacheStats()).toMatchObject({ new_cache: { role: 'follower' } })
  await follower.chat('begun first', { sessionId: 's' })
  const said = (await open.agent.exportSession('s')).messages.map((message) => 'text' in message && message.text)
  expect(said).toEqual(['meanwhile', 'short', 'begun first', 'long'])
  expect(await follower.listSessions()).toMatchObject([{ session_id: 's', title: 'meanwhile', messages: 4 }])
  await follower.deleteSession('s')
  expect(await open.agent.listSessions()).toEqual([])
})
