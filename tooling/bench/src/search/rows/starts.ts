import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { goal, type Goal } from '../../goal.js'
import { measureInTurns, type Sampler } from '../../measure.js'
import { medianOf, ratio, type SuiteResult } from '../../suite-result.js'
import { ripgrep, runProgram } from '../programs.js'
import type { SearchedTree } from '../searched-tree.js'
import type { SearchSettings } from '../search-settings.js'
import type { StartReport } from '../start-report.js'

const child = fileURLToPath(new URL('../start-child.js', import.meta.url))
const cli = fileURLToPath(new URL('../../../../../apps/cli/bin/fs-agent.js', import.meta.url))
const names = {
  walk: 'bare lstat walk',
  restart: 'first hit after a restart, scanning',
  watch: 'index start, watching',
  oneShot: 'fs-agent tool grep, never asked before',
  node: 'node -e 0',
}

/** What it costs to begin: a process that was started again, an index, and a command that ends at once. */
export async function compareStarts(
  tree: SearchedTree,
  folder: string,
  settings: SearchSettings,
): Promise<SuiteResult> {
  const cache = `${folder}/starting`
  const reports = new Map<string, StartReport[]>()
  const inChild = (name: string, job: string): Sampler => ({
    name,
    sample: async () => {
      const report = await start(job, tree.path, cache)
      reports.set(job, [...(reports.get(job) ?? []), report])
      return [report.milliseconds * 1000]
    },
  })
  await start('prepare', tree.path, cache)
  const starts = await measureInTurns(
    [
      inChild(names.walk, 'lstat'),
      inChild(names.restart, 'restart'),
      inChild('index start, scanning', 'scan'),
      inChild(names.watch, 'watch'),
    ],
    settings.starts,
  )
  const commands = await measureInTurns(
    [ripgrep('NEEDLE', tree.path), runProgram(names.node, process.execPath, ['-e', '0']), oneShot(tree, folder)],
    settings.starts,
  )
  const comparisons = [
    { title: `Starting over ${tree.label}`, measurements: starts },
    { title: `One command over ${tree.label}`, measurements: commands },
  ]
  return { comparisons, goals: [...startGoals(comparisons[0], comparisons[1]), ...indexGoals(tree, reports)] }
}

type Started = SuiteResult['comparisons'][number] | undefined

function startGoals(starting: Started, commanding: Started): readonly Goal[] {
  if (starting === undefined || commanding === undefined) return []
  const walk = medianOf(starting, names.walk)
  const node = medianOf(commanding, names.node) ?? Number.NaN
  const rg = medianOf(commanding, 'rg as a process') ?? Number.NaN
  const oneShot = medianOf(commanding, names.oneShot) ?? Number.NaN
  return [
    goal(`${starting.title}: first hit after a restart`, '≤ 1.5× a bare lstat walk', [
      { value: ratio(medianOf(starting, names.restart), walk), unit: '×', atMost: 1.5 },
    ]),
    goal(`${starting.title}: index start, watching`, '≤ 3× a bare lstat walk', [
      { value: ratio(medianOf(starting, names.watch), walk), unit: '×', atMost: 3 },
    ]),
    goal(`${commanding.title}: never asked before`, '≤ 1.4× rg and the start of Node', [
      { value: (oneShot - node) / rg, unit: '×', atMost: 1.4 },
    ]),
  ]
}

function indexGoals(tree: SearchedTree, reports: ReadonlyMap<string, readonly StartReport[]>): readonly Goal[] {
  const middle = (job: string, value: (report: StartReport) => number): number | undefined =>
    (reports.get(job) ?? []).map(value).sort((left, right) => left - right)[
      Math.floor((reports.get(job) ?? []).length / 2)
    ]
  const pathBytes = tree.files.reduce((sum, path) => sum + path.length - tree.path.length, 0)
  const scanned = middle('scan', ({ heapBytes }) => heapBytes)
  const resident = (job: string): number | undefined => middle(job, ({ residentBytes }) => residentBytes)
  const forWatches = (resident('watch') ?? Number.NaN) - (resident('scan') ?? Number.NaN)
  return [
    goal(`Indexing ${tree.label}: delay of the event loop`, 'p99 ≤ 50 ms', [
      { value: middle('watch', ({ loopDelayMs }) => loopDelayMs), unit: 'ms', atMost: 50 },
    ]),
    goal(`Indexing ${tree.label}: memory`, '≤ 400 bytes a file beyond its path, ≤ 2 KB a watched directory', [
      { name: 'a file', value: ((scanned ?? Number.NaN) - pathBytes) / tree.files.length, unit: 'B', atMost: 400 },
      { name: 'a watched directory', value: forWatches / tree.directories, unit: 'B', atMost: 2048 },
    ]),
  ]
}

async function start(job: string, root: string, cache: string): Promise<StartReport> {
  const { stdout } = await execa(process.execPath, ['--expose-gc', child, job, root, cache])
  return JSON.parse(stdout)
}

/** Each time with another pattern, as that of the shell's history that is not there. */
function oneShot(tree: SearchedTree, folder: string): Sampler {
  let fresh = 0
  const settings = ['--data-root', tree.path, '--cache-directory', `${folder}/commands`]
  return {
    name: names.oneShot,
    sample: () => {
      fresh += 1
      const given = [cli, 'tool', 'grep', `NEEDLE|${fresh}zz`, ...settings]
      return runProgram(names.oneShot, process.execPath, given).sample()
    },
  }
}
