import { spawnSync } from 'node:child_process'
import { appendFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { CacheManager } from '@fsagent/cache-manager'
import { rgPath } from '@vscode/ripgrep'
import { makeTree } from '../make-tree.js'
import { measure, type Candidate } from '../measure.js'
import type { Comparison, SuiteResult } from '../suite-result.js'
import { withTemporaryFolder } from '../temporary-folder.js'

const SAMPLES = 15
const TREES = [1000, 10_000] as const

/** A repeated search beside ripgrep and GNU grep over the same tree. */
export async function searchSuite(): Promise<SuiteResult> {
  const comparisons: Comparison[] = []
  for (const files of TREES) comparisons.push(await withTemporaryFolder((folder) => compareSearches(folder, files)))
  return { comparisons }
}

async function compareSearches(folder: string, files: number): Promise<Comparison> {
  const root = join(folder, 'root')
  makeTree(root, files)
  await new Promise((resolve) => setTimeout(resolve, 2500))
  await using manager = await CacheManager.open({ dataRoot: root, cacheDirectory: join(folder, 'cache') })
  const watchedOptions = { dataRoot: root, cacheDirectory: join(folder, 'watched'), freshness: 'watch' } as const
  await using watched = await CacheManager.open(watchedOptions)
  const search = manager.searchCache
  const query = { operation: 'grep', pattern: 'NEEDLE', scope: '' } as const
  const edited = firstFile(join(root, 'top'))
  let fresh = 0
  const afterEdit = (suffix: string, cache: CacheManager['searchCache']): Candidate => ({
    name: `SearchCache after one edited file${suffix}`,
    run: () => {
      appendFileSync(edited, 'another line\n')
      return cache.grep(query)
    },
  })
  const measurements = await measure(
    [
      { name: 'rg as a process', run: () => spawnSync(rgPath, ['--no-config', '-n', 'NEEDLE', root]) },
      { name: 'grep -rn as a process', run: () => spawnSync('grep', ['-rn', 'NEEDLE', root]) },
      {
        name: 'SearchCache, never asked before',
        run: () => search.grep({ ...query, pattern: `NEEDLE|${(fresh += 1)}zz` }),
      },
      { name: 'SearchCache hit', run: () => search.grep(query) },
      { name: 'SearchCache hit, watching', run: () => watched.searchCache.grep(query), repeat: 20 },
      { name: 'SearchCache find hit', run: () => search.find({ operation: 'find', pattern: '*.py', scope: '' }) },
    ],
    SAMPLES,
  )
  // Apart from the hits: what was edited a moment ago is searched once more at its next use.
  const repairs = await measure([afterEdit('', search), afterEdit(', watching', watched.searchCache)], SAMPLES)
  return { title: `Searching ${files} files`, measurements: [...measurements, ...repairs] }
}

function firstFile(directory: string): string {
  const file = readdirSync(directory, { withFileTypes: true }).find((entry) => entry.isFile())
  if (file === undefined) throw new Error(`Cannot find a file in "${directory}": the tree was not made`)
  return join(directory, file.name)
}
