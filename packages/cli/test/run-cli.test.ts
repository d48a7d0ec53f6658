import { existsSync } from 'node:fs'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { commands } from '../src/commands/commands.js'
import { runInProcess } from './run-in-process.js'

test('--help lists every command and leaves stderr empty', async () => {
  using directory = temporaryDirectory()
  const { exitCode, stdout, stderr } = await runInProcess(['--help'], { workingDirectory: directory.path })
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  for (const { name } of commands) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
})

test.each(commands.map(({ name }) => name))('help NAME is NAME --help: %s', async (name) => {
  using directory = temporaryDirectory()
  const run = { workingDirectory: directory.path }
  const asked = await runInProcess(['help', name], run)
  expect(asked.exitCode).toBe(0)
  expect(asked).toEqual(await runInProcess([name, '--help'], run))
})

test('no command at all shows the help on stderr and is a usage error', async () => {
  using directory = temporaryDirectory()
  const { exitCode, stdout, stderr } = await runInProcess([], { workingDirectory: directory.path })
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr).toContain('Usage: fs-agent')
})

test('--version prints the version that was passed in', async () => {
  using directory = temporaryDirectory()
  const { exitCode, stdout } = await runInProcess(['--version'], { workingDirectory: directory.path })
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '1.2.3\n' })
})

const mistakes: readonly (readonly [string, readonly string[], string])[] = [
  ['an unknown command', ['chatt'], 'CLI_UNKNOWN_COMMAND'],
  ['an unknown option', ['chat', '--bogus'], 'CLI_UNKNOWN_OPTION'],
  ['an option without its value', ['cache-stats', '--data-root'], 'CLI_MISSING_ARGUMENT'],
  ['one argument too many', ['cache-stats', 'now'], 'CLI_TOO_MANY_ARGUMENTS'],
  ['an unknown tool', ['tool', 'sed', '1p'], 'TOOL_UNKNOWN'],
  ['an unknown flag of a tool', ['tool', 'grep', 'x', '--colour'], 'CLI_UNKNOWN_OPTION'],
  ['a word for a number', ['tool', 'grep', 'x', '--limit', 'many'], 'CLI_INVALID_VALUE'],
  ['a value that is no choice', ['tool', 'grep', 'x', '--mode', 'all'], 'CLI_INVALID_VALUE'],
  ['a tool without its main argument', ['tool', 'cat'], 'CLI_MISSING_ARGUMENT'],
  ['more arguments than a tool has', ['tool', 'cat', 'a', 'b'], 'CLI_TOO_MANY_ARGUMENTS'],
  ['a setting out of range', ['tool', 'ls', '--cache-memory-limit', '-1'], 'SETTING_INVALID'],
  ['a number that is none', ['warm-cache', '-c', 'many'], 'CLI_INVALID_VALUE'],
  ['clearing where nobody can be asked', ['clear-cache'], 'CLI_CONFIRMATION_REQUIRED'],
]

test.each(mistakes)('%s is one line on stderr, exit code 2, and no cache', async (_name, argv, code) => {
  using directory = temporaryDirectory()
  const { exitCode, stdout, stderr } = await runInProcess(argv, { workingDirectory: directory.path })
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr).toMatch(new RegExp(`^fs-agent: ${code}: [A-Z].*\\n$`))
  expect(existsSync(directory.join('tmp'))).toBe(false)
})

test('--json prints the error as a document on stdout as well', async () => {
  using directory = temporaryDirectory()
  const { exitCode, stdout } = await runInProcess(['tool', 'cat', '--json'], { workingDirectory: directory.path })
  expect(exitCode).toBe(2)
  expect(JSON.parse(stdout)).toEqual({
    error: 'CLI_MISSING_ARGUMENT',
    message: 'Cannot run tool "cat": path is missing; see --help',
    details: null,
  })
})

test('colours appear on a terminal only, and never with NO_COLOR', async () => {
  using directory = temporaryDirectory()
  const run = { workingDirectory: directory.path }
  expect((await runInProcess(['chatt'], run)).stderr).not.toContain('\u001B')
  expect((await runInProcess(['chatt'], { ...run, terminal: true })).stderr).toContain('\u001B[31m')
  const plain = await runInProcess(['chatt'], { ...run, terminal: true, environment: { NO_COLOR: '1' } })
  expect(plain.stderr).not.toContain('\u001B')
})
