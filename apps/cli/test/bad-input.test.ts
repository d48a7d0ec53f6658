import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { openWorkspace } from './open-workspace.js'
import { runFsAgent } from './run-fs-agent.js'

const bin = fileURLToPath(new URL('../bin/fs-agent.js', import.meta.url))
const workspace = openWorkspace()
afterAll(() => workspace[Symbol.dispose]())

interface BadInput {
  readonly what: string
  readonly args: readonly string[]
  readonly exitCode: number
  readonly code: string
}

const badInputs: readonly BadInput[] = [
  { what: 'a missing file', args: ['cat', 'none.md'], exitCode: 4, code: 'FILE_NOT_FOUND' },
  { what: 'a directory for a file', args: ['cat', 'notes'], exitCode: 1, code: 'IS_A_DIRECTORY' },
  { what: 'a file for a directory', args: ['cat', 'policy.md/x'], exitCode: 1, code: 'NOT_A_DIRECTORY' },
  { what: 'a path that climbs out', args: ['cat', '../../etc/passwd'], exitCode: 4, code: 'PATH_OUTSIDE_ROOT' },
  { what: 'an absolute path outside', args: ['cat', '/etc/passwd'], exitCode: 4, code: 'PATH_OUTSIDE_ROOT' },
  { what: 'a symbolic link to the outside', args: ['cat', 'outside'], exitCode: 4, code: 'PATH_OUTSIDE_ROOT' },
  { what: 'a binary file', args: ['cat', 'notes/binary.bin'], exitCode: 1, code: 'FILE_BINARY' },
  { what: 'a named pipe', args: ['cat', 'pipe'], exitCode: 1, code: 'NOT_A_REGULAR_FILE' },
  { what: 'an empty pattern', args: ['grep', ''], exitCode: 2, code: 'SEARCH_EMPTY_PATTERN' },
  { what: 'an invalid regular expression', args: ['grep', '('], exitCode: 2, code: 'SEARCH_INVALID_PATTERN' },
  { what: 'a search below nothing', args: ['grep', 'x', 'none'], exitCode: 4, code: 'FILE_NOT_FOUND' },
  { what: 'a search outside', args: ['find', '*', '../..'], exitCode: 4, code: 'PATH_OUTSIDE_ROOT' },
  {
    what: 'a number below what is allowed',
    args: ['grep', 'x', '--limit=-1'],
    exitCode: 2,
    code: 'TOOL_ARGUMENTS_INVALID',
  },
]

test.each(badInputs)('$what is one clear error on stderr and $exitCode', async ({ args, exitCode, code }) => {
  const run = await runFsAgent(['tool', ...args], { cwd: workspace.path })
  expect(run).toMatchObject({ exitCode, stdout: '' })
  expect(run.stderr).toMatch(new RegExp(`^fs-agent: ${code}: [A-Z][^\\n]*\\n$`))
  expect(run.stderr).not.toContain(workspace.path)
})

test('with --json the structured result says what failed', async () => {
  const run = await runFsAgent(['tool', 'cat', 'none.md', '--json'], { cwd: workspace.path })
  expect(run.exitCode).toBe(4)
  expect(JSON.parse(run.stdout)).toMatchObject({
    tool: 'cat',
    ok: false,
    data: null,
    error: { code: 'FILE_NOT_FOUND' },
  })
})

test('a missing data root is one clear error and leaves no cache behind', async () => {
  const run = await runFsAgent(['tool', 'ls', '--data-root', 'none', '--cache-directory', 'fresh'], {
    cwd: workspace.path,
  })
  expect(run).toMatchObject({
    exitCode: 4,
    stdout: '',
    stderr: expect.stringMatching(/^fs-agent: ROOT_NOT_FOUND: .*\n$/),
  })
  expect(existsSync(workspace.join('fresh'))).toBe(false)
})

test('a configured model that cannot be used ends with the exit code for models', async () => {
  const run = await runFsAgent(['chat', 'hello'], { cwd: workspace.path, environment: { MODEL_PROVIDER: 'openai' } })
  expect(run).toMatchObject({
    exitCode: 5,
    stderr: expect.stringMatching(/^fs-agent: AGENT_MODEL_UNCONFIGURED: .*\n$/),
  })
})

test('a working directory that is gone is one clear error, and help needs none', () => {
  const run = (...args: readonly string[]) => {
    const script = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"'
    return spawnSync('sh', ['-c', script, 'sh', process.execPath, bin, ...args], {
      cwd: workspace.path,
      encoding: 'utf8',
    })
  }
  expect(run('tool', 'cat', 'x')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^fs-agent: WORKING_DIRECTORY_GONE: [^\n]*\n$/),
  })
  expect(run('--help')).toMatchObject({ status: 0, stderr: '' })
})
