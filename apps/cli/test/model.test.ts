import { afterAll, expect, test } from 'vitest'
import { startFakeModelServer, streamMessage } from './fake-model-server.js'
import { openWorkspace } from './open-workspace.js'
import { finished, runFsAgent, startFsAgent } from './run-fs-agent.js'

const workspace = openWorkspace()
afterAll(() => workspace[Symbol.dispose]())

test('chat asks the configured model and lets it call tools', async () => {
  let requests = 0
  await using model = await startFakeModelServer((_request, response) => {
    requests += 1
    streamMessage(response, requests === 1 ? { call: 'ls' } : { text: 'There are notes.' })
  })
  const run = await runFsAgent(['chat', 'What', 'is', 'there?'], {
    cwd: workspace.path,
    environment: model.environment,
  })
  expect(run).toMatchObject({
    exitCode: 0,
    stdout: 'There are notes.\n',
    stderr: expect.stringMatching(/^- ls \{\}: \w+/),
  })
})

test('chat ends with 6 when the model has used up its steps, and still prints its answer', async () => {
  await using model = await startFakeModelServer((request, response) =>
    streamMessage(response, request.tools === undefined ? { text: 'So far: notes.' } : { call: 'ls' }),
  )
  const run = await runFsAgent(['chat', 'Look around', '--max-tool-iterations', '2', '-q'], {
    cwd: workspace.path,
    environment: model.environment,
  })
  expect(run).toMatchObject({ exitCode: 6, stdout: 'So far: notes.\n', stderr: '' })
})

test('chat ends with 5 when the model refuses the key', async () => {
  await using model = await startFakeModelServer((_request, response) => {
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"message":"wrong key"}}')
  })
  const run = await runFsAgent(['chat', 'hello', '--json'], { cwd: workspace.path, environment: model.environment })
  expect(run).toMatchObject({
    exitCode: 5,
    stderr: expect.stringMatching(/^fs-agent: AGENT_MODEL_UNAUTHORIZED: .*wrong key\n$/),
  })
  expect(JSON.parse(run.stdout)).toMatchObject({ error: 'AGENT_MODEL_UNAUTHORIZED' })
})

test('SIGINT ends a question that a model does not answer', async () => {
  await using model = await startFakeModelServer(() => {})
  const child = startFsAgent(['chat', 'hello'], { cwd: workspace.path, environment: model.environment })
  const run = finished(child)
  await model.asked
  child.kill('SIGINT')
  expect(await run).toMatchObject({
    exitCode: 130,
    stdout: '',
    stderr: expect.stringMatching(/^fs-agent: AGENT_ABORTED: .*\n$/),
  })
})
