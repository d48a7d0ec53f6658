import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openWorkspace } from './open-workspace.js'
import { runFsAgent } from './run-fs-agent.js'

const light = ['--help', '--version', 'chat --help', 'warm-cache --help', 'nonsense', 'chat --nonsense']

test.each(light)('fs-agent %s loads neither the agent nor a cache, and leaves nothing behind', async (line) => {
  using workspace = openWorkspace()
  const loaded = await scriptsOf(line.split(' '), workspace)
  expect(loaded.some((url) => url.endsWith('/bundle/main.js'))).toBe(true)
  expect(loaded.filter((url) => /\/(read-settings|tool-commands)-|\/(packages|node_modules)\//.test(url))).toEqual([])
  expect(existsSync(workspace.join('tmp'))).toBe(false)
})

test.each([
  'tool cat policy.md',
  'tool head policy.md',
  'tool wc policy.md',
  'tool ls',
  'tool find *.md',
  'tool grep policy',
])('fs-agent %s loads a few files, no database and no model, and leaves nothing behind', async (line) => {
  using workspace = openWorkspace()
  const loaded = await scriptsOf(line.split(' '), workspace)
  expect(loaded.length).toBeLessThan(12)
  expect(loaded.filter((url) => /\/packages\/|level|\/ai\//.test(url))).toEqual([])
  expect(existsSync(workspace.join('tmp'))).toBe(false)
})

/** V8 lists every script that a process ran, which is the plainest way to see what it loaded. */
async function scriptsOf(args: readonly string[], workspace: ReturnType<typeof openWorkspace>): Promise<string[]> {
  const coverage = workspace.join('coverage')
  const before = readdirSync(workspace.path)
  await runFsAgent(args, { cwd: workspace.path, environment: { NODE_V8_COVERAGE: coverage } })
  expect(readdirSync(workspace.path)).toEqual([...before, 'coverage'].sort())
  const texts = readdirSync(coverage).map((file) => readFileSync(`${coverage}/${file}`, 'utf8'))
  const urls = texts.flatMap((text) => [...text.matchAll(/"url":"([^"]+)"/g)].map(([, url]) => url ?? ''))
  return [...new Set(urls)].filter((url) => url.startsWith('file:'))
}
