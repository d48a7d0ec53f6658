import { temporaryDirectory, writeTree, type TemporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { runInProcess } from '../run-in-process.js'

test('sessions are listed, exported and deleted by commands of their own', async () => {
  using workspace = openWorkspace()
  const run = async (...args: readonly string[]) => runInProcess(args, { workingDirectory: workspace.path })
  expect(await run('sessions', 'list')).toMatchObject({ exitCode: 0, stdout: '', stderr: 'No sessions are kept\n' })
  await run('chat', '--quiet', '--session', 'review', 'Search for TODO in data/notes')
  expect((await run('sessions', 'list')).stdout).toMatch(
    /^review +4 messages {2}\d{4}-\S+Z {2}Search for TODO in data\/notes\n$/,
  )
  const listed = JSON.parse((await run('sessions', 'list', '--json')).stdout)
  expect(listed).toMatchObject({ sessions: [{ session_id: 'review', messages: expect.any(Number) }] })
  const { stdout: page } = await run('sessions', 'export', 'review')
  expect(page).toMatch(/^# Session review\n\nSaved .*\n\n## Search for TODO in data\/notes\n\n- grep \{.*\}\n/)
  expect(page).toContain('notes/todo.md:3')
  const { stdout: document } = await run('sessions', 'export', 'review', '--json')
  expect(JSON.parse(document)).toMatchObject({
    session_id: 'review',
    messages: [
      { role: 'user', text: 'Search for TODO in data/notes' },
      { role: 'assistant', tool_calls: [{ name: 'grep' }] },
      { role: 'tool', results: [{ name: 'grep', ok: true, text: expect.stringContaining('todo.md:3:') }] },
      { role: 'assistant', text: expect.stringContaining('notes/todo.md:3') },
    ],
  })
  const deleted = await run('sessions', 'delete', 'review', '--json')
  expect(JSON.parse(deleted.stdout)).toEqual({ session_id: 'review', deleted: true })
  for (const command of ['export', 'delete']) {
    const gone = await run('sessions', command, 'review')
    expect(gone).toMatchObject({ exitCode: 4, stdout: '' })
    expect(gone.stderr).toMatch(/^fs-agent: AGENT_SESSION_NOT_FOUND: Cannot .*\n$/)
  }
})

const refusals = [
  { args: ['drop'], code: 'CLI_UNKNOWN_COMMAND' },
  { args: ['export'], code: 'CLI_MISSING_ARGUMENT' },
  { args: ['export', 'a', 'b'], code: 'CLI_TOO_MANY_ARGUMENTS' },
  { args: ['delete', '../x'], code: 'AGENT_SESSION_INVALID' },
  { args: ['list', '--no-use-new-cache'], code: 'CLI_CACHE_OFF' },
] as const

test.each(refusals)('sessions $args is refused with $code', async ({ args, code }) => {
  using workspace = openWorkspace()
  const run = await runInProcess(['sessions', ...args], { workingDirectory: workspace.path })
  expect(run).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringMatching(new RegExp(`^fs-agent: ${code}: `)),
  })
})

function openWorkspace(): TemporaryDirectory {
  const directory = temporaryDirectory()
  writeTree(directory.path, { 'data/notes/todo.md': '# To do\n\n- TODO: order the sensor\n' })
  return directory
}
