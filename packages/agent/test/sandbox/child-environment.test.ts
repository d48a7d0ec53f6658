import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { temporaryDirectory, until, writeTree } from '@fsagent/testing'
import { expect, onTestFinished, test } from 'vitest'
import { openAgent, type TestAgent } from '../support/open-agent.js'
import { childrenWith } from '../support/search-processes.js'
import { secretText } from './support/every-tool.js'
import { naiveTools } from './support/naive-tools.js'
import { writeProgram } from './support/search-below.js'

const supported = existsSync('/proc/self/task')
/** Enough to keep a search busy until it is stopped. */
const large = 'word and another word without an end, again and again the same words\n'.repeat(100_000)

test.skipIf(!supported)(
  'a search sees no variable of the environment, where a naive child sees the secrets',
  async () => {
    setVariable('FSAGENT_TEST_SECRET', secretText)
    await using open = await openAgent({ 'large.txt': large })
    const search = await frozenSearch(open, 'marker-environment')
    expect(readFileSync(`/proc/${search.id}/environ`, 'utf8')).toBe('')
    await search.end()
    const naive = spawn('sleep', ['600'], { stdio: 'ignore' })
    try {
      await until(() => naive.pid !== undefined && readFileSync(`/proc/${naive.pid}/environ`, 'utf8') !== '')
      expect(readFileSync(`/proc/${naive.pid}/environ`, 'utf8')).toContain(secretText)
    } finally {
      naive.kill('SIGKILL')
    }
  },
)

test.skipIf(!supported)(
  'RIPGREP_CONFIG_PATH changes nothing, where a naive run of the same program follows links with it',
  async () => {
    await using open = await openAgent({ 'a.txt': 'WORD\n', 'large.txt': large })
    const configuration = join(open.outside, 'ripgreprc')
    writeFileSync(configuration, '--follow\n--ignore-case\n--no-ignore\n')
    writeTree(open.outside, { 'elsewhere/secret.txt': `word ${secretText}\n` })
    symlinkSync('../elsewhere', join(open.root, 'link'))
    setVariable('RIPGREP_CONFIG_PATH', configuration)
    const search = await frozenSearch(open, 'marker-configuration')
    const program = readlinkSync(`/proc/${search.id}/exe`)
    await search.end()
    const naive = execFileSync(program, ['-n', 'word', '.', '--glob=!large.txt'], { cwd: open.root, encoding: 'utf8' })
    expect(naive).toContain(secretText)
    const result = await open.agent.runTool('grep', { pattern: 'WORD' })
    expect(result.text).toBe('a.txt:1:WORD\n')
  },
)

test('an `rg` that somebody put on the PATH or into the root is not run, where a naive child runs it', async () => {
  using directory = temporaryDirectory()
  await using open = await openAgent({ 'a.txt': 'word\n' })
  for (const name of ['rg', 'grep', 'sh', 'env'])
    for (const place of [directory.path, open.root])
      writeProgram(join(place, name), `touch ${directory.join('planted')}`)
  setVariable('PATH', `${directory.path}${delimiter}${process.env['PATH'] ?? ''}`)
  expect(await open.agent.runTool('grep', { pattern: 'word', path: 'a.txt' })).toMatchObject({ ok: true, total: 1 })
  expect(await open.agent.runTool('grep', { pattern: 'word' })).toMatchObject({ ok: true })
  expect(existsSync(directory.join('planted'))).toBe(false)
  naiveTools(open.root).grep('word')
  expect(existsSync(directory.join('planted'))).toBe(true)
})

function setVariable(name: string, value: string): void {
  const before = process.env[name]
  process.env[name] = value
  onTestFinished(() => {
    if (before === undefined) delete process.env[name]
    else process.env[name] = before
  })
}

/** A search that was stopped while it ran, so that it can be looked at. */
async function frozenSearch(
  { agent }: TestAgent,
  marker: string,
): Promise<{ readonly id: number; end(): Promise<void> }> {
  const controller = new AbortController()
  const pattern = `\\p{L}{1,60}\\s\\p{L}{1,60}\\s\\p{L}{1,60}\\d|${marker}`
  const running = agent.runTool('grep', { pattern, path: 'large.txt' }, { signal: controller.signal })
  await until(() => childrenWith(marker).length > 0)
  const [id = 0] = childrenWith(marker)
  process.kill(id, 'SIGSTOP')
  return {
    id,
    end: async () => {
      controller.abort()
      await running
      await until(() => childrenWith(marker).length === 0)
    },
  }
}
