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

test('a session that another process deleted during a turn stays deleted, and can be begun anew', async () => {
  await using open = await openAgent({}, { model: scriptedModel([{ text: 'first' }, { text: 'anew' }]) })
  await open.agent.chat('secret', { sessionId: 's' })
  const model = scriptedModel([
    async () => {
      await open.agent.deleteSession('s')
      return { text: 'too late' }
    },
  ])
  await using follower = await createAgent({ dataRoot: open.root, cacheDirectory: `${open.outside}/cache`, model })
  expect(await follower.chat('go on', { sessionId: 's' })).toMatchObject({ text: 'too late' })
  for (const agent of [open.agent, follower]) {
    expect(await agent.listSessions()).toEqual([])
    await expect(agent.exportSession('s')).rejects.toMatchObject({ code: 'AGENT_SESSION_NOT_FOUND' })
    await expect(agent.deleteSession('s')).rejects.toMatchObject({ code: 'AGENT_SESSION_NOT_FOUND' })
  }
  await open.agent.chat('new', { sessionId: 's' })
  const said = (await follower.exportSession('s')).messages.map((message) => 'text' in message && message.text)
  expect(said).toEqual(['new', 'anew'])
})
