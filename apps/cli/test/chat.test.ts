import { afterAll, expect, test } from 'vitest'
import { openWorkspace } from './open-workspace.js'
import { runFsAgent } from './run-fs-agent.js'

const workspace = openWorkspace()
const run = async (args: readonly string[], input?: string) =>
  runFsAgent(['chat', ...args], { cwd: workspace.path, ...(input === undefined ? {} : { input }) })
afterAll(() => workspace[Symbol.dispose]())

test('chat answers the question on stdout and shows its tool calls on stderr', async () => {
  const { exitCode, stdout, stderr } = await run(['Search', 'for', 'TODO', 'in', 'data/notes'])
  expect(exitCode).toBe(0)
  expect(stdout).toContain('notes/todo.md:3')
  expect(stderr).toMatch(/^- grep \{.*: \w+.*, \d+\.\d ms$/m)
})

test('chat refuses a question that is empty, instead of waiting for another one', async () => {
  const empty = await run([''], 'Show policy.md')
  expect(empty).toMatchObject({ exitCode: 2, stdout: '' })
  expect(empty.stderr).toMatch(/^fs-agent: AGENT_MESSAGE_EMPTY: /)
})

test('chat --quiet leaves stderr empty', async () => {
  expect(await run(['--quiet', 'Search for TODO in data/notes'])).toMatchObject({ exitCode: 0, stderr: '' })
})

test('chat answers each line of a pipe, as one document a line with --json', async () => {
  const { exitCode, stdout } = await run(['--json'], 'Search for TODO in data/notes\n\nShow policy.md')
  expect(exitCode).toBe(0)
  const answers = stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  expect(answers).toMatchObject([
    { text: expect.stringContaining('notes/todo.md:3'), finish_reason: 'stop' },
    { text: expect.stringContaining('14 characters'), finish_reason: 'stop' },
  ])
  const sessions = [...stdout.matchAll(/"session_id":"([^"]+)"/g)].map(([, id]) => id)
  expect(sessions).toEqual([sessions[0], sessions[0]])
})

test('chat without any question in its pipe ends at once', async () => {
  expect(await run([], '')).toMatchObject({ exitCode: 0, stdout: '', stderr: '' })
})

test('chat refuses a session name that could be anything else', async () => {
  const { exitCode, stderr } = await run(['--session', '../x', 'hello'])
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(/^fs-agent: AGENT_SESSION_INVALID: .*\n$/)
})
