import { existsSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openWorkspace } from './open-workspace.js'
import { runFsAgent } from './run-fs-agent.js'

test('warm-cache fills the cache, cache-stats shows it, clear-cache empties it', async () => {
  using workspace = openWorkspace()
  const run = async (...args: readonly string[]) => runFsAgent(args, { cwd: workspace.path })
  const dry = await run('warm-cache', '-d', './data', '--dry-run')
  expect(dry).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Would load \d of \d files/), stderr: '' })
  const warm = await run('warm-cache', '-d', 'data', '-p', '**/*.md', '-c', '2', '--json')
  expect(JSON.parse(warm.stdout)).toMatchObject({ files: 2, loaded: 2, already_fresh: 0, failed: [], aborted: false })
  const table = await run('cache-stats')
  expect(table.stdout).toMatch(/^ {2}entries +[1-9]\d*$/m)
  const statistics = await run('cache-stats', '--json')
  expect(JSON.parse(statistics.stdout)).toMatchObject({
    old_cache: { enabled: false },
    new_cache: { enabled: true, content_ttl: 0, search_ttl: 300, role: 'owner' },
  })
  expect(await run('clear-cache')).toMatchObject({ exitCode: 2, stdout: '' })
  const cleared = await run('clear-cache', '--force', '--json')
  expect(JSON.parse(cleared.stdout)).toMatchObject({
    removed: expect.any(Number),
    directory: workspace.join('tmp/cache'),
  })
  expect(JSON.parse((await run('cache-stats', '--json')).stdout)).toMatchObject({
    new_cache: { disk_cache: { size: 0 } },
  })
})

test('clear-cache makes no cache where there is none', async () => {
  using workspace = openWorkspace()
  const run = await runFsAgent(['clear-cache', '--force'], { cwd: workspace.path })
  expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Removed 0 entries/) })
  expect(existsSync(workspace.join('tmp'))).toBe(false)
})

test('clear-cache needs no data root, but refuses to take it for the cache', async () => {
  using workspace = openWorkspace()
  const run = async (...args: readonly string[]) => runFsAgent(args, { cwd: workspace.path })
  await run('warm-cache')
  const cleared = await run('clear-cache', '--force', '--json', '--data-root', 'nowhere')
  expect(cleared).toMatchObject({ exitCode: 0, stderr: '' })
  expect(JSON.parse(cleared.stdout).removed).toBeGreaterThan(0)
  const refused = await run('clear-cache', '--force', '--cache-directory', 'data')
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/^fs-agent: CACHE_DIRECTORY_IS_ROOT: /) })
})

test('warm-cache and clear-cache refuse to work on a cache that is off', async () => {
  using workspace = openWorkspace()
  for (const command of [['warm-cache'], ['clear-cache', '--force']]) {
    const run = await runFsAgent([...command, '--no-use-new-cache'], { cwd: workspace.path })
    expect(run).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^fs-agent: CLI_CACHE_OFF: /) })
  }
})

test('warm-cache refuses a directory outside the data root', async () => {
  using workspace = openWorkspace()
  const run = await runFsAgent(['warm-cache', '-d', '/etc'], { cwd: workspace.path })
  expect(run).toMatchObject({ exitCode: 4, stderr: expect.stringMatching(/^fs-agent: PATH_OUTSIDE_ROOT: .*\n$/) })
})

test('flags override the environment, which overrides .env', async () => {
  using workspace = openWorkspace()
  writeFileSync(workspace.join('.env'), 'CACHE_DIRECTORY=from-file\nCACHE_SEARCH_TTL=1\nCACHE_CONTENT_TTL=2\n')
  const run = await runFsAgent(['cache-stats', '--json', '--cache-content-ttl', '3'], {
    cwd: workspace.path,
    environment: { CACHE_SEARCH_TTL: '4', CACHE_CONTENT_TTL: '5' },
  })
  expect(JSON.parse(run.stdout)).toMatchObject({
    new_cache: { content_ttl: 3, search_ttl: 4, disk_cache: { directory: workspace.join('from-file') } },
  })
})

test('a setting that looks misspelled is warned about once, with what was probably meant', async () => {
  using workspace = openWorkspace()
  const run = await runFsAgent(['cache-stats', '--json'], {
    cwd: workspace.path,
    environment: { CACHE_SERCH_TTL: '1' },
  })
  expect(run.exitCode).toBe(0)
  expect(run.stderr).toMatch(/^fs-agent: warning: SETTING_UNKNOWN: .*CACHE_SEARCH_TTL\?\n$/)
})
