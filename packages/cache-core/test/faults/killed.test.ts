import { setTimeout as delay } from 'node:timers/promises'
import { seededRandom, temporaryDirectory, type SeededRandom } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { PersistentCache } from '../../src/index.js'
import { auditDatabase } from '../audit-database.js'
import { addressOf, ExpectedState } from './expected-state.js'
import { Journal, type JournalLine, type Place } from './journal.js'
import { printCounts, runSize } from './run-size.js'
import { startWorker, type Worker } from './worker.js'

const places: readonly Place[] = ['', 'one', 'two'].flatMap((namespace) =>
  Array.from({ length: 16 }, (_, index) => ({ namespace, key: `key-${index}`, tag: `tag-${index % 4}` })),
)
const roomy = { memoryLimit: 2_000_000 }
/** Every fourth round the values do not all fit: then any of them may be missing, and none wrong. */
const tight = { ...roomy, sizeLimit: 400_000 }

interface Report {
  kills: number
  owners: number
  acknowledged: number
  found: number
  longestWithoutOwnerMs: number
  readonly failures: string[]
}

interface Round {
  readonly directory: string
  readonly journal: Journal
  readonly random: SeededRandom
  readonly settings: typeof roomy
  readonly before: ReadonlyMap<string, string>
  readonly report: Report
}

test(
  `kill -9 loses nothing that was acknowledged and brings nothing back (${runSize.kills} kills, seed ${runSize.firstSeed})`,
  { timeout: runSize.timeoutMs },
  async () => {
    using home = temporaryDirectory('fsagent-killed-')
    const report: Report = {
      kills: 0,
      owners: 0,
      acknowledged: 0,
      found: 0,
      longestWithoutOwnerMs: 0,
      failures: [],
    }
    const journal = new Journal(home.join('journal'))
    let before: ReadonlyMap<string, string> = new Map()
    for (let round = 1; report.kills < runSize.kills && report.failures.length === 0; round += 1) {
      const seed = runSize.firstSeed + round
      const settings = round % 4 === 0 ? tight : roomy
      before = await playRound({
        directory: home.join('cache'),
        journal,
        random: seededRandom(seed),
        settings,
        before,
        report,
      })
      if (report.failures.length > 0) report.failures.push(`seed ${seed}`)
    }
    printCounts({ ...report, failures: report.failures.length })
    expect(report.failures.slice(0, 10)).toEqual([])
    expect(report.acknowledged).toBeGreaterThan(report.kills * 10)
  },
)

/** Lets three processes work, kills one, lets the others go on, kills them all, and looks at what is there. */
async function playRound(round: Round): Promise<ReadonlyMap<string, string>> {
  const { directory, journal, random, report, settings } = round
  journal.empty()
  const start = (name: string) =>
    startWorker({
      name,
      seed: random.integer(1, 2 ** 31),
      journal,
      keyspace: places,
      settings: { directory, ...settings },
    })
  const workers = await Promise.all(['a', 'b', 'c'].map(start))
  await delay(random.integer(1, 250))
  const victim = workers.find(({ role }) => role === (random.next() < 0.7 ? 'owner' : 'follower'))
  const survivors = workers.filter((worker) => worker !== victim)
  if (victim !== undefined) {
    await end(victim, report)
    await waitForService(survivors, round)
  }
  await delay(random.integer(1, 150))
  await Promise.all(survivors.map((worker) => end(worker, report)))
  return await inspect(round, journal.lines())
}

async function end(worker: Worker, report: Report): Promise<void> {
  report.failures.push(...(await worker.kill()))
  report.kills += 1
  if (worker.role === 'owner') report.owners += 1
}

/** Waits until each of the processes has stored something anew. */
async function waitForService(workers: readonly Worker[], { journal, report }: Round): Promise<void> {
  const killedAt = performance.now()
  const lineOfDeath = journal.lines().length
  const isServed = ({ name }: Worker) =>
    journal
      .lines()
      .slice(lineOfDeath)
      .some((line) => isStored(line, name))
  while (!workers.every(isServed) && performance.now() - killedAt < 20_000) await delay(5)
  if (!workers.every(isServed)) report.failures.push('nobody serves')
  report.longestWithoutOwnerMs = Math.max(report.longestWithoutOwnerMs, Math.round(performance.now() - killedAt))
}

function isStored(line: JournalLine, worker: string): boolean {
  return line[0] === 'end' && line[1] === worker && line[3].isSure && line[3].result === true
}

/** Compares the cache with the journal; answers what is in it. */
async function inspect(round: Round, lines: readonly JournalLine[]): Promise<ReadonlyMap<string, string>> {
  const { directory, settings, before, report } = round
  const expected = new ExpectedState(places, before, lines)
  report.failures.push(...expected.failures, ...expected.wrongReads())
  report.acknowledged += expected.acknowledged
  const cache = await PersistentCache.open({
    directory,
    ...settings,
    onWarning: ({ message }) => void report.failures.push(message),
  })
  const found = new Map<string, string>()
  for (const place of places) {
    const address = addressOf(place)
    const store = place.namespace === '' ? cache : cache.namespace(place.namespace)
    const value = await store.get<string | { readonly text: string }>(place.key)
    const id = value === undefined ? undefined : idOf(value)
    if (id !== undefined) found.set(address, id)
    const allowed = expected.lastOf(address)
    const mayBeMissing = 'sizeLimit' in settings && id === undefined
    if (!allowed.has(id) && !mayBeMissing)
      report.failures.push(`"${address}" is ${String(id)} and may only be ${[...allowed].join(' or ')}`)
  }
  report.found += found.size
  if (!(await cache.set('after', 1)) || !(await cache.delete('after'))) report.failures.push('sets are refused')
  await cache.compact()
  await cache.close()
  const { stated, counted } = await auditDatabase(directory)
  expect(stated).toEqual(counted)
  return found
}

/** The id in a value, if the value is what the worker made of that id. */
function idOf(value: string | { readonly text: string }): string {
  const text = typeof value === 'string' ? value : value.text
  const id = text.slice(0, text.indexOf(';'))
  return `${id};`.repeat(Math.ceil(text.length / (id.length + 1))).slice(0, text.length) === text ? id : 'damaged'
}
