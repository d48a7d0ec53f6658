import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@fsagent/testing'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { workspace } from './workspace.js'

const readme = readFileSync(join(workspace, 'README.md'), 'utf8')
const commands = [...readme.matchAll(/^```sh\n(.*?)^```$/gmsu)]
  .flatMap(([, block = '']) => block.split('\n'))
  .map((line) => line.replace(/\s+# .*$/u, '').trim())
  .filter((line) => line !== '')

const answers: Readonly<Record<string, string | RegExp>> = {
  'chat "Search for TODO in data/projects/"': /projects\/project-alpha\/src\/tidebook\/ingest\.py:\d+: .*TODO/u,
  'tool grep TODO projects --limit 0': /^projects\/project-alpha\/config\/settings\.toml:28:# TODO/mu,
  "warm-cache -d data -p '**/*.{md,py}'": /^Loaded [1-9]\d* of [1-9]\d* files/mu,
  'cache-stats --json': /"new_cache": \{\s*"enabled": true/u,
}

test('every command line of the README is one that is tried here', () => {
  const tried = Object.keys(answers).map((command) => `npm run fs-agent -- ${command}`)
  expect(commands.filter((line) => line.startsWith('npm run fs-agent'))).toEqual(tried)
  expect(commands).toEqual(expect.arrayContaining(['npm run demo', 'npm test', 'npm start']))
})

test.each(Object.entries(answers))('npm run fs-agent -- %s answers as the README says', async (command, expected) => {
  using cache = temporaryDirectory('fsagent-readme-')
  const { stdout } = await execa('bash', ['-c', `npm run --silent fs-agent -- ${command}`], {
    cwd: workspace,
    env: { CACHE_DIRECTORY: cache.path, MODEL_PROVIDER: 'planner' },
  })
  expect(stdout).toMatch(expected)
})

test('the demo of the README ends by itself and shows a hit, a repair and a hit after a restart', async () => {
  const { stdout } = await execa('npm', ['run', '--silent', 'demo'], { cwd: workspace, timeout: 60_000 })
  const rows = stdout.split('\n').filter((line) => line.startsWith('Search for TODO'))
  expect(rows.map((row) => /grep: ([a-z ]+?) {2}/u.exec(row)?.[1])).toEqual([
    'executed',
    'cache hit',
    'repaired',
    expect.stringMatching(/^(?:cache hit|confirmed)$/u),
  ])
})

test('npm start serves what the README asks with curl', async () => {
  using cache = temporaryDirectory('fsagent-readme-')
  const request = commands.find((line) => line.startsWith('curl'))
  const server = execa('npm', ['start', '--silent'], {
    cwd: workspace,
    env: { CACHE_DIRECTORY: cache.path, PORT: '0' },
    detached: true,
    reject: false,
  })
  try {
    const url = await addressOf(server.stdout)
    const { stdout } = await execa('bash', ['-c', request?.replace('http://127.0.0.1:8000', url) ?? 'false'])
    expect(JSON.parse(stdout)).toMatchObject({ tool: 'grep', ok: true, total: 14 })
  } finally {
    // npm does not pass signals on to what it runs in every version: the whole group of this test's own process ends.
    if (server.pid !== undefined) process.kill(-server.pid, 'SIGTERM')
    await server
  }
})

async function addressOf(output: AsyncIterable<unknown>): Promise<string> {
  let printed = ''
  for await (const chunk of output) {
    printed += String(chunk)
    const url = /http:\/\/[\d.]+:\d+/u.exec(printed)?.[0]
    if (url !== undefined) return url
  }
  throw new Error(`Cannot find the address of the server: it printed ${JSON.stringify(printed)}`)
}
