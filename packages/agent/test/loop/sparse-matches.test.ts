import { scriptedModel } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { openAgent } from '../support/open-agent.js'

const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`)
const files = {
  'few.txt': lines.join('').replace('line 10\n', 'here\n'),
  'many.txt': 'often\n'.repeat(4),
}

async function search(input: object): Promise<string> {
  const model = scriptedModel([{ toolCalls: [{ tool: 'grep', arguments: { ...input } }] }, { text: 'ok' }])
  await using open = await openAgent(files, { model })
  const { toolCalls } = await open.agent.chat('search')
  return toolCalls[0]?.result.text ?? ''
}

test('a model gets the lines around one to three matches', async () => {
  expect(await search({ pattern: 'here' })).toBe(
    'few.txt-7-line 7\nfew.txt-8-line 8\nfew.txt-9-line 9\nfew.txt:10:here\nfew.txt-11-line 11\nfew.txt-12-line 12\nfew.txt-13-line 13\n',
  )
  expect((await search({ pattern: 'here|line 1$|line 20' })).split('\n')).toHaveLength(18)
})

test('a model gets no more than it asked for when it says how much, or finds more or nothing', async () => {
  const plain = 'few.txt:10:here\n'
  expect(await search({ pattern: 'here', context: 0 })).toBe(plain)
  expect(await search({ pattern: 'here', after: 1 })).toBe('few.txt:10:here\nfew.txt-11-line 11\n')
  expect(await search({ pattern: 'here', limit: 0 })).toBe(plain)
  expect(await search({ pattern: 'here', mode: 'files' })).toBe('few.txt\n')
  expect((await search({ pattern: 'often' })).split('\n')).toHaveLength(5)
  expect(await search({ pattern: 'nowhere' })).toBe('')
})

test('runTool() gives what grep gives', async () => {
  await using open = await openAgent(files)
  expect((await open.agent.runTool('grep', { pattern: 'here' })).text).toBe('few.txt:10:here\n')
})
