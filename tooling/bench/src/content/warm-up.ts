import { readFileSync } from 'node:fs'
import { CacheManager, CacheWarmer } from '@fsagent/cache-manager'
import { goal } from '../goal.js'
import { measureInTurns, timeEachSync } from '../measure.js'
import { madeTree } from '../search/searched-tree.js'
import { medianOf, rate, type SuiteResult } from '../suite-result.js'

/** Filling an empty cache with all files of a tree, beside reading them; the times are those of one file. */
export async function compareWarmUps(
  folder: string,
  settings: { files: number; rounds: number },
): Promise<SuiteResult> {
  const { files, rounds } = settings
  const tree = madeTree(`${folder}/warmed`, files)
  let turn = 0
  const warm = async (): Promise<readonly number[]> => {
    turn += 1
    const cacheDirectory = `${folder}/warm-${turn}`
    await using manager = await CacheManager.open({ dataRoot: tree.path, cacheDirectory })
    const started = performance.now()
    const { loaded, failed } = await new CacheWarmer(manager).warmDirectory('.')
    const elapsedUs = (performance.now() - started) * 1000
    if (loaded !== files || failed.length > 0) throw new Error(`Cannot measure: ${loaded} of ${files} were loaded`)
    return [elapsedUs / files]
  }
  const read = (): readonly number[] => {
    const [elapsedUs = Number.NaN] = timeEachSync(() => tree.files.forEach((path) => readFileSync(path)), 1)
    return [elapsedUs / files]
  }
  const names = { read: 'fs.readFileSync', warm: 'warm-cache' }
  const measurements = await measureInTurns(
    [
      { name: names.read, sample: read },
      { name: names.warm, sample: warm },
    ],
    rounds,
  )
  const comparison = { title: `Filling the cache with ${tree.label}, for each of them`, measurements }
  const perSecond = rate(medianOf(comparison, names.warm))
  const bound = { value: perSecond, unit: '/s', atLeast: 5000 } as const
  return { comparisons: [comparison], goals: [goal(comparison.title, '≥ 5,000 a second', [bound])] }
}
