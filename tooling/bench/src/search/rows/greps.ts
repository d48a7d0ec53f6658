import { appendFileSync } from 'node:fs'
import { CacheManager } from '@fsagent/cache-manager'
import { execa } from 'execa'
import { goal, type Goal } from '../../goal.js'
import { measureInTurns, type Sampler, timeEach } from '../../measure.js'
import { type Comparison, medianOf, ratio, type SuiteResult } from '../../suite-result.js'
import { ripgrep, runProgram } from '../programs.js'
import type { SearchedTree } from '../searched-tree.js'
import type { SearchSettings } from '../search-settings.js'

const pattern = 'NEEDLE'
const names = {
  rg: 'rg as a process',
  hit: 'hit, watching',
  one: 'after 1 edited file, watching',
  fifty: 'after 50 edited files, watching',
}

/** How many files are edited, and what is timed then. */
interface Edits {
  readonly count: number
  readonly ask?: (manager: CacheManager) => Promise<unknown>
}

/** A repeated and a new search beside ripgrep and GNU grep over the same tree. */
export async function compareGreps(tree: SearchedTree, folder: string, settings: SearchSettings): Promise<Comparison> {
  await using watching = await open(tree, `${folder}/watching`, 'watch')
  await using scanning = await open(tree, `${folder}/scanning`, 'scan')
  const grep = (manager: CacheManager, searched = pattern): Promise<unknown> =>
    manager.searchCache.grep({ operation: 'grep', pattern: searched, scope: '' })
  let fresh = 0
  const unasked = (manager: CacheManager) => (): Promise<unknown> => grep(manager, `${pattern}|${(fresh += 1)}zz`)
  let edited = 0
  const settled = async (manager: CacheManager): Promise<void> => {
    await grep(manager)
    await manager.searchCache.settle()
  }
  const afterEdits = (name: string, manager: CacheManager, { count, ask = grep }: Edits): Sampler => ({
    name,
    sample: async () => {
      await settled(manager)
      for (let index = 0; index < count; index += 1) {
        edited = (edited + 7919) % tree.files.length
        appendFileSync(tree.files[edited] ?? '', 'another line\n')
      }
      const times = await timeEach(() => ask(manager), 1)
      await settled(manager)
      return times
    },
  })
  const afterReplacement: Sampler = {
    name: 'after 1 file replaced by sed -i, watching',
    sample: async () => {
      await grep(watching)
      edited = (edited + 7919) % tree.files.length
      await execa('sed', ['-i', '1s/^/a word /', tree.files[edited] ?? ''])
      return await timeEach(() => grep(watching), 1)
    },
  }
  const measurements = await measureInTurns(
    [
      ripgrep(pattern, tree.path),
      runProgram('GNU grep -rn as a process', 'grep', ['-rn', pattern, tree.path]),
      { name: names.hit, sample: () => timeEach(() => grep(watching), settings.hitsPerRound) },
      { name: 'hit, scanning', sample: () => timeEach(() => grep(scanning), 1) },
      { name: 'never asked before, watching', sample: () => timeEach(unasked(watching), 1) },
      { name: 'never asked before, scanning', sample: () => timeEach(unasked(scanning), 1) },
      afterEdits(names.one, watching, { count: 1 }),
      afterEdits(names.fifty, watching, { count: 50 }),
      afterEdits(`${names.fifty}, until it is stored`, watching, { count: 50, ask: settled }),
      afterReplacement,
      afterEdits('after 1 edited file, scanning', scanning, { count: 1 }),
    ],
    settings.rounds,
  )
  return { title: `grep over ${tree.label}`, measurements }
}

/** What is to be shown of them, in the largest tree beside the smallest one. */
export function grepGoals(smallest: Comparison, largest: Comparison): readonly Goal[] {
  const rg = medianOf(largest, names.rg)
  const hit = medianOf(largest, names.hit)
  const speedUp = (name: string): number | undefined => ratio(rg, medianOf(largest, name))
  return [
    goal(`${largest.title}: hit, watching`, '≤ 300 µs, ≥ 1,000× faster than rg, ≤ 2× the time in the smallest tree', [
      { value: hit, unit: 'µs', atMost: 300 },
      { name: 'faster', value: ratio(rg, hit), unit: '×', atLeast: 1000 },
      { name: 'to the smallest', value: ratio(hit, medianOf(smallest, names.hit)), unit: '×', atMost: 2 },
    ]),
    goal(`${largest.title}: after 1 edited file`, '≥ 40× faster than rg', [
      { value: speedUp(names.one), unit: '×', atLeast: 40 },
    ]),
    goal(`${largest.title}: after 50 edited files`, '≥ 20× faster than rg', [
      { value: speedUp(names.fifty), unit: '×', atLeast: 20 },
    ]),
  ]
}

function open(tree: SearchedTree, cacheDirectory: string, freshness: 'scan' | 'watch'): Promise<CacheManager> {
  return CacheManager.open({ dataRoot: tree.path, cacheDirectory, freshness, searchTtlSeconds: 0 })
}

/** A new search by name beside GNU find. */
export async function compareFinds(tree: SearchedTree, folder: string, settings: SearchSettings): Promise<SuiteResult> {
  await using watching = await open(tree, `${folder}/finding`, 'watch')
  const find = (name: string): Promise<unknown> =>
    watching.searchCache.find({ operation: 'find', pattern: name, scope: '' })
  let fresh = 0
  const own = 'never asked before, watching'
  const measurements = await measureInTurns(
    [
      runProgram('find as a process', 'find', [tree.path, '-name', '*3.py']),
      { name: own, sample: () => timeEach(() => find(`*${(fresh += 1)}3.py`), 1) },
      { name: 'hit, watching', sample: () => timeEach(() => find('*3.py'), settings.hitsPerRound) },
    ],
    settings.rounds,
  )
  const comparison = { title: `find over ${tree.label}`, measurements }
  const value = ratio(medianOf(comparison, 'find as a process'), medianOf(comparison, own))
  return {
    comparisons: [comparison],
    goals: [
      goal(`${comparison.title}: never asked before`, '≥ 5× faster than find', [{ value, unit: '×', atLeast: 5 }]),
    ],
  }
}
