import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openWorkspace } from './open-workspace.js'
import { runFsAgent } from './run-fs-agent.js'

const light = ['--help', '--version', 'chat --help', 'warm-cache --help', 'nonsense', 'chat --nonsense']

test.each(light)('fs-agent %s loads neither the agent nor a cache, and leaves nothing behind', async (line) => {
  using workspace = openWorkspace()
  const coverage = workspace.join('coverage')
  const before = readdirSync(workspace.path)
  await runFsAgent(line.split(' '), { cwd: workspace.path, environment: { NODE_V8_COVERAGE: coverage } })
  const loaded = readdirSync(coverage).flatMap((file) => scriptsIn(`${coverage}/${file}`))
  expect(loaded.some((url) => url.endsWith('/run-cli.js'))).toBe(true)
  expect(loaded.filter((url) => /\/(zod|level|classic-level|ai|packages\/(agent|cache-\w+))\//.test(url))).toEqual([])
  expect(readdirSync(workspace.path)).toEqual([...before, 'coverage'].sort())
  expect(existsSync(workspace.join('tmp'))).toBe(false)
})

/** V8 lists every script that a process ran, which is the plainest way to see what it loaded. */
function scriptsIn(file: string): readonly string[] {
  return [...readFileSync(file, 'utf8').matchAll(/"url":"([^"]+)"/g)].map(([, url]) => url ?? '')
}
