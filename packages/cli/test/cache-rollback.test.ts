import { existsSync } from 'node:fs'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { runInProcess } from './run-in-process.js'

test('the cache is rolled back to v2 by the environment alone', async () => {
  using workspace = temporaryDirectory()
  writeTree(workspace.path, { 'data/notes/todo.md': '- TODO: order the sensor\n' })
  const run = async (args: readonly string[], environment: Readonly<Record<string, string>>) =>
    runInProcess(args, { workingDirectory: workspace.path, environment })
  const rollback = { USE_NEW_CACHE: 'false', CACHE_ENABLED: 'true' }
  const chat = await run(['chat', '--json', 'Search for TODO in data/notes'], rollback)
  expect(JSON.parse(chat.stdout)).toMatchObject({
    tool_calls: [{ result: { ok: true, cache: { outcome: 'bypass' } } }],
  })
  expect(JSON.parse((await run(['cache-stats', '--json'], rollback)).stdout)).toMatchObject({
    old_cache: { enabled: true },
    new_cache: { enabled: false },
  })
  expect(existsSync(workspace.join('tmp'))).toBe(false)
})
