import { execFile, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { isAlive, runWithTimeLimits, temporaryDirectory, until, type TemporaryDirectory } from '@fsagent/testing'
import { expect, onTestFinished, test } from 'vitest'
import { openAgent } from '../support/open-agent.js'
import { childrenWith } from '../support/search-processes.js'
import { searchBelow, writeProgram } from './support/search-below.js'

const supported = existsSync('/proc/self/task')
const abortedCalls = 200
const large = 'word and another word without an end, again and again the same words\n'.repeat(200_000)
const someSearch = { operation: 'grep', pattern: 'x', scope: '' } as const
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

test.skipIf(!supported)('a child that ignores SIGTERM is gone after a timeout', async () => {
  using directory = temporaryDirectory()
  const end = async (timeoutSeconds: number): Promise<void> => {
    await using open = await searchWithStubborn(directory, timeoutSeconds)
    await expect(open.search.grep(someSearch)).rejects.toMatchObject({ code: 'SEARCH_TIMEOUT' })
  }
  await runWithTimeLimits(end, () => existsSync(directory.join('pid')))
  await expectKilled(directory)
})

test.skipIf(!supported)('a child that ignores SIGTERM is gone after an abort', async () => {
  using directory = temporaryDirectory()
  await using open = await searchWithStubborn(directory, 30)
  const controller = new AbortController()
  const [outcome] = await Promise.allSettled([
    open.search.grep(someSearch, { signal: controller.signal }),
    until(() => existsSync(directory.join('pid'))).then(() => controller.abort()),
  ])
  expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'SEARCH_ABORTED' } })
  await expectKilled(directory)
})

test.skipIf(!supported)('a naive child with a time limit lives on when it ignores SIGTERM', async () => {
  using directory = temporaryDirectory()
  writeProgram(directory.join('program'), stubborn)
  const isAsked = (): boolean => existsSync(directory.join('asked'))
  const start = async (timeoutSeconds: number): Promise<void> => {
    const child = execFile(directory.join('program'), { cwd: directory.path, timeout: timeoutSeconds * 1000 })
    onTestFinished(() => void child.kill('SIGKILL'))
    await until(() => isAsked() || child.signalCode !== null)
  }
  await runWithTimeLimits(start, isAsked)
  expect(isAlive(Number(readFileSync(directory.join('pid'), 'utf8')))).toBe(true)
})

test.skipIf(!supported)(
  'a search ends even when a child of its child left the process group and holds the pipe',
  async () => {
    using directory = temporaryDirectory()
    const escape = `setsid sh -c 'echo $$ > ${directory.join('new')}; mv ${directory.join('new')} ${directory.join('pid')}; exec sleep 600' &\nwait`
    writeProgram(directory.join('program'), escape)
    const end = async (timeoutSeconds: number): Promise<void> => {
      await using open = await searchBelow(directory.path, { executable: directory.join('program'), timeoutSeconds })
      await expect(open.search.grep(someSearch)).rejects.toMatchObject({ code: 'SEARCH_TIMEOUT' })
    }
    await runWithTimeLimits(end, () => existsSync(directory.join('pid')))
    process.kill(Number(readFileSync(directory.join('pid'), 'utf8')), 'SIGKILL')
  },
)

async function searchWithStubborn(
  directory: TemporaryDirectory,
  timeoutSeconds: number,
): ReturnType<typeof searchBelow> {
  writeProgram(directory.join('program'), `cd ${directory.path}\n${stubborn}`)
  return searchBelow(directory.path, { executable: directory.join('program'), timeoutSeconds })
}

/** The child has ended, and was not asked to. */
async function expectKilled(directory: TemporaryDirectory): Promise<void> {
  const id = Number(readFileSync(directory.join('pid'), 'utf8'))
  await until(() => !isAlive(id))
  expect(existsSync(directory.join('asked'))).toBe(false)
}
