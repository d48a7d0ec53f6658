import { afterAll, expect, test } from 'vitest'
import { openWorkspace, readDocument } from './open-workspace.js'
import { runFsAgent } from './run-fs-agent.js'

const workspace = openWorkspace()
const run = async (...args: readonly string[]) => runFsAgent(['tool', ...args], { cwd: workspace.path })
afterAll(() => workspace[Symbol.dispose]())

test.each(['notes/crlf.txt', 'notes/latin1.txt', 'policy.md'])('cat prints %s byte for byte', async (path) => {
  const { exitCode, stdoutBytes, stderr } = await run('cat', path)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdoutBytes.equals(readDocument(workspace, path))).toBe(true)
})

test('what is left out is said on stderr, and --limit 0 leaves nothing out', async () => {
  const some = await run('cat', 'notes/numbers.txt')
  expect(some.stdout.endsWith('line 2000\n')).toBe(true)
  expect(some.stderr).toMatch(/^fs-agent: \[.*1 to 2000 of 5000.*\]\n$/)
  const all = await run('cat', 'notes/numbers.txt', '--limit', '0')
  expect(all).toMatchObject({ exitCode: 0, stderr: '' })
  expect(all.stdoutBytes.equals(readDocument(workspace, 'notes/numbers.txt'))).toBe(true)
})

test('grep prints path:line:text, and flags may be spelled in both ways', async () => {
  const expected = 'code/main.py:2:    pass  # TODO: write it\nnotes/todo.md:3:- TODO: order the sensor\n'
  for (const flag of ['--ignore-case', '--ignore_case', '-i']) {
    expect(await run('grep', 'todo:', flag)).toMatchObject({ exitCode: 0, stdout: expected, stderr: '' })
  }
})

test('grep without a match prints nothing and is no failure', async () => {
  expect(await run('grep', 'nowhere to be found')).toMatchObject({ exitCode: 0, stdout: '', stderr: '' })
})

test('find takes the name first, and a path alone when the name is a flag', async () => {
  expect(await run('find', '*.py', 'data/code')).toMatchObject({ exitCode: 0, stdout: 'code/main.py\n' })
  expect(await run('find', 'code', '--name', '*.py')).toMatchObject({ exitCode: 0, stdout: 'code/main.py\n' })
})

test('a repeated flag and a pattern that begins with a dash reach the tool', async () => {
  expect(await run('grep', '--glob', '*.md', '--glob', '!policy*', '--', '- done')).toMatchObject({
    exitCode: 0,
    stdout: 'notes/todo.md:4:- done\n',
  })
})

test('--json prints the structured result, which comes from the cache in the next process', async () => {
  // Without it a single command goes by what is cheapest for itself.
  const wc = ['wc', 'policy.md', '--json', '--cache-freshness', 'scan']
  const first = await run(...wc)
  const second = await run(...wc)
  expect(JSON.parse(first.stdout)).toMatchObject({
    tool: 'wc',
    arguments: { path: 'policy.md' },
    ok: true,
    error: null,
  })
  expect(JSON.parse(second.stdout)).toMatchObject({
    cache: { outcome: expect.stringMatching(/^(hit|confirmed)$/), tier: 'disk' },
  })
  expect(JSON.parse(second.stdout)).toMatchObject({ data: JSON.parse(first.stdout).data })
})

test('tool NAME --help describes its parameters', async () => {
  const { exitCode, stdout } = await run('smart-read', '--help')
  expect(exitCode).toBe(0)
  for (const flag of ['--start-line <n>', '--query <text>', '--json']) expect(stdout).toContain(flag)
  expect(stdout).not.toContain('--start_line')
})
