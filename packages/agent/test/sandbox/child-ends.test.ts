import { execFile, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, onTestFinished, test } from 'vitest'
import { openAgent } from '../support/open-agent.js'
import { childrenWith } from '../support/search-processes.js'
import { isAlive, until } from './support/child-processes.js'
import { searchBelow, writeProgram } from './support/search-below.js'

const supported = existsSync('/proc/self/task')
const abortedCalls = 200
const large = 'word and another word without an end, again and again the same words\n'.repeat(200_000)
/** Says that it runs, and that it was asked to end; goes on in both cases. */
const stubborn = `trap 'echo asked > asked' TERM INT HUP
echo $$ > pid.new; mv pid.new pid
while :; do sleep 0.05; done`

test.skipIf(!supported)(`${abortedCalls} aborted calls leave no child behind`, async () => {
  await using open = await openAgent({ 'large.txt': large, 'small.txt': 'word\n' })
  const marker = 'marker-aborted'
  const seen = { running: 0, aborted: 0 }
  for (let round = 0; round < abortedCalls / 10; round += 1) {
    const controllers = Array.from({ length: 10 }, () => new AbortController())
    const calls = controllers.map(async ({ signal }, index) => {
      // Each is another search: equal ones would share a child.
      const pattern = `\\p{L}{1,60}\\s\\p{L}{1,60}\\s\\p{L}{1,60}\\d|${marker}-${round}-${index}`
      return open.agent.runTool('grep', { pattern, path: 'large.txt' }, { signal })
    })
    // Aborted at once, after some turns of the event loop, and while children run.
    if (round % 3 === 1)
      for (let turn = 0; turn < round; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    if (round % 3 === 2) await until(() => childrenWith(marker).length > 0)
    seen.running += childrenWith(marker).length
    for (const controller of controllers) controller.abort()
    const results = await Promise.all(calls)
    seen.aborted += results.filter(({ error }) => error?.code === 'TOOL_ABORTED').length
  }
  await until(() => childrenWith(marker).length === 0)
  // On a busy machine some searches are over before they are aborted.
  expect(seen.aborted).toBeGreaterThan(abortedCalls * 0.75)
  expect(seen.running).toBeGreaterThan(5)
  expect(await open.agent.runTool('grep', { pattern: 'word', path: 'small.txt' })).toMatchObject({ ok: true, total: 1 })
  // Whoever only stops waiting leaves the child to itself.
  const naive = spawn('sleep', ['600'], { stdio: 'ignore' })
  await Promise.race([new Promise((resolve) => naive.once('exit', resolve)), Promise.resolve()])
  expect(naive.pid !== undefined && isAlive(naive.pid)).toBe(true)
  naive.kill('SIGKILL')
})

test.skipIf(!supported).each(['timeout', 'abort'])('a child that ignores SIGTERM is gone after a %s', async (how) => {
  using directory = temporaryDirectory()
  writeProgram(directory.join('program'), `cd ${directory.path}\n${stubborn}`)
  await using open = await searchBelow(directory.path, {
    executable: directory.join('program'),
    timeoutSeconds: how === 'timeout' ? 0.5 : 30,
  })
  const controller = new AbortController()
  const search = open.search.grep({ operation: 'grep', pattern: 'x', scope: '' }, { signal: controller.signal })
  const [outcome] = await Promise.allSettled([
    search,
    until(() => existsSync(directory.join('pid'))).then(() => how === 'abort' && controller.abort()),
  ])
  const code = how === 'timeout' ? 'SEARCH_TIMEOUT' : 'SEARCH_ABORTED'
  expect(outcome).toMatchObject({ status: 'rejected', reason: { code } })
  const id = Number(readFileSync(directory.join('pid'), 'utf8'))
  await until(() => !isAlive(id))
  expect(existsSync(directory.join('asked'))).toBe(false)
})

test.skipIf(!supported)('a naive child with a time limit lives on when it ignores SIGTERM', async () => {
  using directory = temporaryDirectory()
  writeProgram(directory.join('program'), stubborn)
  const child = execFile(directory.join('program'), { cwd: directory.path, timeout: 300 })
  onTestFinished(() => void child.kill('SIGKILL'))
  await until(() => existsSync(directory.join('asked')))
  expect(isAlive(Number(readFileSync(directory.join('pid'), 'utf8')))).toBe(true)
})

test.skipIf(!supported)(
  'a search ends even when a child of its child left the process group and holds the pipe',
  async () => {
    using directory = temporaryDirectory()
    const escape = `setsid sh -c 'echo $$ > ${directory.join('new')}; mv ${directory.join('new')} ${directory.join('pid')}; exec sleep 600' &\nwait`
    writeProgram(directory.join('program'), escape)
    await using open = await searchBelow(directory.path, { executable: directory.join('program'), timeoutSeconds: 0.5 })
    const search = open.search.grep({ operation: 'grep', pattern: 'x', scope: '' })
    await expect(search).rejects.toMatchObject({ code: 'SEARCH_TIMEOUT' })
    await until(() => existsSync(directory.join('pid')))
    process.kill(Number(readFileSync(directory.join('pid'), 'utf8')), 'SIGKILL')
  },
)
