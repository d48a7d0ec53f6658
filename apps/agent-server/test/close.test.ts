import { expect, test } from 'vitest'
import { openTestServer } from './open-test-server.js'
import { waitingModel } from './waiting-model.js'

test('close() lets a request in flight finish and takes no new ones', async () => {
  const { model, asked, release } = waitingModel()
  await using server = await openTestServer({ agentOptions: { model } })
  const answer = server.post('/api/chat', { message: 'Wait' })
  await asked
  const closed = server.server.close()
  await expect(fetch(`${server.url}/livez`)).rejects.toThrow('fetch failed')
  release('late but whole')
  expect(await answer).toMatchObject({ status: 200, body: { text: 'late but whole' } })
  await closed
})

test('close() ends a request that does not finish within the time it is given', async () => {
  const { model, asked } = waitingModel()
  await using server = await openTestServer({ agentOptions: { model }, closeGraceSeconds: 0 })
  const answer = server.post('/api/chat', { message: 'Wait' })
  const signal = await asked
  await Promise.all([server.server.close(), expect(answer).rejects.toThrow('fetch failed')])
  expect(signal.aborted).toBe(true)
})

test('close() can be called again', async () => {
  await using server = await openTestServer()
  await server.server.close()
  await server.server.close()
})
