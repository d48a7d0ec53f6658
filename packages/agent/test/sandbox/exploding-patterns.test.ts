import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { openAgent } from '../support/open-agent.js'

const many = 'a'.repeat(50_000)

/** Whether a backtracking engine gives up on a text of forty letters: it would try 2^40 ways, or 40^10. */
function explodes(pattern: string, text: string): boolean {
  try {
    runInNewContext('new RegExp(pattern).test(text)', { pattern, text }, { timeout: 50 })
    return false
  } catch (error) {
    // It comes from the other context, and so does its class.
    return (
      typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
    )
  }
}

test.each(['^(a+)+$', '^(a|a)*$', '^(a|aa)+$', '^([a-z]+)*$', '^(.*)*$b'])(
  'grep takes %j over 50,000 letters, where a backtracking engine ends with forty',
  async (pattern) => {
    await using open = await openAgent({ 'a.txt': `${many}!\nend\n` })
    expect(explodes(pattern === '^(.*)*$b' ? '^(a*)*$b' : pattern, `${'a'.repeat(40)}!`)).toBe(true)
    expect((await open.agent.runTool('grep', { pattern, path: 'a.txt' })).ok).toBe(true)
  },
)

test('globs with many stars take a long name, in find, in a glob and in an ignore file', async () => {
  const name = 'a'.repeat(200)
  const glob = `${'*a'.repeat(30)}*b`
  await using open = await openAgent({ [name]: 'word\n', '.ignore': `${glob}\n`, 'sub/c': 'word\n' })
  expect(explodes(`^${'.*a'.repeat(30)}.*b$`, name)).toBe(true)
  expect(await open.agent.runTool('find', { name: glob })).toMatchObject({ ok: true, total: 0 })
  expect(await open.agent.runTool('find', { name: `sub/${glob}` })).toMatchObject({ ok: true, total: 0 })
  expect(await open.agent.runTool('grep', { pattern: 'word', glob })).toMatchObject({ ok: true, total: 0 })
  expect(await open.agent.runTool('grep', { pattern: 'word' })).toMatchObject({ ok: true, total: 2 })
})

test('braces that multiply are refused in a call and void in an ignore file', async () => {
  const braces = '{a,b}'.repeat(9)
  // A file below 1 MiB whose lines are ten million patterns.
  const ignored = `${`${braces}\n`.repeat(20_000)}word.txt\n`
  await using open = await openAgent({ 'word.txt': 'word\n', '.ignore': ignored })
  expect(await open.agent.runTool('grep', { pattern: 'word', path: 'word.txt' })).toMatchObject({ ok: true, total: 1 })
  expect(await open.agent.runTool('find', { type: 'file', name: 'w*' })).toMatchObject({ ok: true, total: 1 })
  for (const glob of [
    `${braces}{a,b}`,
    `${'{a,b}'.repeat(9)}${'x'.repeat(10_000)}`,
    Array.from({ length: 5_000 }, () => braces),
  ]) {
    const result = await open.agent.runTool('grep', {
      pattern: 'word',
      glob: Array.isArray(glob) ? glob.map((text, index) => text + index) : glob,
    })
    expect(result.error?.code).toBe('SEARCH_INVALID_PATTERN')
  }
})
