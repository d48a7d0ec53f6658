import { spawnSync } from 'node:child_process'
import { statSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CacheManager } from '@fsagent/cache-manager'
import { goal } from '../goal.js'
import { measure } from '../measure.js'
import { medianOf, ratio, type SuiteResult } from '../suite-result.js'

const SAMPLES = 100
const stat = 'fs.statSync with bigint'
const line = (index: number): string => `line ${index} of a file that is read in parts, again and again, by number\n`
const LARGE_LINES = 130_000

/** Writes the files that are read; to be done a while before, so that their timestamps prove something. */
export function writeReadFiles(root: string): void {
  writeFileSync(join(root, 'file.txt'), 'sixteen bytes..\n'.repeat(1024))
  writeFileSync(join(root, 'large.txt'), Array.from({ length: LARGE_LINES }, (_, index) => line(index + 1)).join(''))
}

/** A whole small file beside one `stat`, an awaited read and a `cat` process. */
export async function compareWholeReads({ contentCache, root }: CacheManager): Promise<SuiteResult> {
  const file = join(root.path, 'file.txt')
  await mustHit(async () => contentCache.getContent('file.txt'))
  const names = { hit: 'ContentCache hit', read: 'fs.promises.readFile', cat: 'cat as a process' }
  const measurements = await measure(
    [
      { name: stat, run: () => statSync(file, { bigint: true }), repeat: 50 },
      { name: names.hit, run: () => contentCache.getContent('file.txt'), repeat: 50 },
      { name: names.read, run: () => readFile(file), repeat: 5 },
      { name: names.cat, run: () => spawnSync('cat', [file]) },
    ],
    SAMPLES,
  )
  const comparison = { title: 'Reading a file of 16 KiB again', measurements }
  const hit = medianOf(comparison, names.hit)
  const bounds = [
    { name: 'to a stat', value: ratio(hit, medianOf(comparison, stat)), unit: '×', atMost: 3 },
    { name: 'to readFile', value: ratio(medianOf(comparison, names.read), hit), unit: '×', atLeast: 10 },
    { name: 'to cat', value: ratio(medianOf(comparison, names.cat), hit), unit: '×', atLeast: 300 },
  ] as const
  const target = '≤ 3× one stat, ≥ 10× faster than readFile, ≥ 300× faster than cat'
  return { comparisons: [comparison], goals: [goal(comparison.title, target, bounds)] }
}

/** Some lines of a large file beside one `stat` and the programs that print them. */
export async function compareLineReads({ contentCache, root }: CacheManager): Promise<SuiteResult> {
  const file = join(root.path, 'large.txt')
  const [head, range] = [
    { start: 1, end: 10 },
    { start: 90_000, end: 90_010 },
  ]
  await mustHit(async () => contentCache.getLines('large.txt', head))
  const names = { head: 'first 10 lines, hit', range: 'lines 90,000 to 90,010, hit' }
  const measurements = await measure(
    [
      { name: stat, run: () => statSync(file, { bigint: true }), repeat: 50 },
      { name: names.head, run: () => contentCache.getLines('large.txt', head), repeat: 50 },
      { name: names.range, run: () => contentCache.getLines('large.txt', range), repeat: 50 },
      { name: 'head as a process', run: () => spawnSync('head', ['-n', '10', file]) },
      { name: 'sed as a process', run: () => spawnSync('sed', ['-n', `${range.start},${range.end}p`, file]) },
    ],
    SAMPLES,
  )
  const comparison = { title: 'Reading lines of a file of 9 MiB again', measurements }
  const goals = [names.head, names.range].map((name) =>
    goal(`${comparison.title}: ${name}`, '≤ 5× one stat', [
      { value: ratio(medianOf(comparison, name), medianOf(comparison, stat)), unit: '×', atMost: 5 },
    ]),
  )
  return { comparisons: [comparison], goals }
}

async function mustHit(read: () => Promise<{ readonly cache: { readonly outcome: string } }>): Promise<void> {
  await read()
  const { cache } = await read()
  if (cache.outcome !== 'hit') throw new Error(`Cannot measure a hit: the second read was a ${cache.outcome}`)
}
