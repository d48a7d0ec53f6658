import { closeSync, existsSync, openSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { openWorkspace } from './open-workspace.js'
import { finished, runFsAgent, startFsAgent } from './run-fs-agent.js'

const bin = fileURLToPath(new URL('../bin/fs-agent.js', import.meta.url))
const workspace = openWorkspace()
afterAll(() => workspace[Symbol.dispose]())

test('a reader that goes away is no failure', async () => {
  const child = startFsAgent(['tool', 'cat', 'notes/numbers.txt', '--limit', '0'], { cwd: workspace.path })
  child.stdout.destroy()
  expect(await finished(child)).toMatchObject({ exitCode: 0, stderr: '' })
})

test.skipIf(!existsSync('/dev/full'))('a full disk below stdout is a failure', async () => {
  const full = openSync('/dev/full', 'w')
  const child = spawn(process.execPath, [bin, 'tool', 'cat', 'policy.md'], {
    cwd: workspace.path,
    stdio: ['ignore', full, 'pipe'],
  })
  const stderr = child.stderr === null ? '' : text(child.stderr)
  const exitCode = await new Promise((resolve) => {
    child.once('close', resolve)
  })
  closeSync(full)
  expect(exitCode).toBe(1)
  expect(await stderr).toMatch(/^fs-agent: CLI_OUTPUT_FAILED: .*ENOSPC.*\n$/)
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends a command that waits, with exit code %d', async (signal, exitCode) => {
  const child = startFsAgent(['chat'], { cwd: workspace.path })
  const run = finished(child)
  child.stdin.write('List the files in notes\n')
  await new Promise((resolve) => {
    child.stdout.once('data', resolve)
  })
  child.kill(signal)
  expect(await run).toMatchObject({ exitCode })
  const after = await runFsAgent(['doctor', '--json'], { cwd: workspace.path })
  expect(JSON.parse(after.stdout)).toMatchObject({ ok: true })
})
