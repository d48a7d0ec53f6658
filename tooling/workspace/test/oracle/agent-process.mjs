// One agent in a process of its own: answers the questions that its parent sends.
import { createAgent } from '@fsagent/agent'

const options = JSON.parse(process.argv[2] ?? '{}')
let opening

process.on('message', (message) => void answer(message))
process.on('disconnect', () => void close())

async function answer({ id, query }) {
  opening ??= createAgent(options)
  const agent = await opening
  const { cache, duration_ms: _duration, ...rest } = await agent.runTool(query.tool, query.arguments)
  process.send?.({ id, answer: { text: JSON.stringify(rest), outcome: rest.ok ? cache.outcome : 'refused' } })
}

async function close() {
  const agent = await opening
  await agent?.close()
}
