import { setTimeout } from 'node:timers/promises'
import { compareFinds, compareGreps, grepGoals } from '../search/rows/greps.js'
import { compareStarts } from '../search/rows/starts.js'
import { madeTree, realTree, type SearchedTree } from '../search/searched-tree.js'
import type { SearchSettings } from '../search/search-settings.js'
import { type Comparison, joinResults, type SuiteResult } from '../suite-result.js'
import { withTemporaryFolder } from '../temporary-folder.js'

/** By then no timestamp of the new tree is too close to the first search. */
const settlingMs = 2500

/** Searches beside ripgrep, GNU grep, GNU find and a bare walk, over made trees and over installed packages. */
export async function searchSuite(settings: SearchSettings): Promise<SuiteResult> {
  const results: SuiteResult[] = [{ comparisons: [], notes: explain() }]
  const greps: Comparison[] = []
  for (const files of settings.trees) {
    const isLargest = files === settings.trees.at(-1)
    await overTree(
      (path) => madeTree(path, files),
      async (tree, folder) => {
        const grep = await compareGreps(tree, folder, settings)
        const find = await compareFinds(tree, folder, settings)
        const starts = await compareStarts(tree, folder, settings)
        greps.push(grep)
        results.push({ comparisons: [grep] })
        for (const result of [find, starts]) results.push(isLargest ? result : { comparisons: result.comparisons })
      },
    )
  }
  const [smallest, largest] = [greps[0], greps.at(-1)]
  if (smallest !== undefined && largest !== undefined)
    results.push({ comparisons: [], goals: grepGoals(smallest, largest) })
  if (settings.hasRealTree) {
    await overTree(realTree, async (tree, folder) => {
      results.push({ comparisons: [await compareGreps(tree, folder, settings)] })
      results.push({ comparisons: (await compareFinds(tree, folder, settings)).comparisons })
    })
  }
  return joinResults(results)
}

async function overTree(
  make: (path: string) => SearchedTree,
  use: (tree: SearchedTree, folder: string) => Promise<void>,
): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const tree = make(`${folder}/root`)
    await setTimeout(settlingMs)
    await use(tree, folder)
  })
}

function explain(): readonly string[] {
  return [
    'The made trees come from a fixed seed: ten files a directory, sizes around 4 KiB, one file in fifty with a match.',
    'Programs run as processes with their output thrown away. What starts anew is timed inside a new process of Node, without loading modules; whole commands are timed from outside.',
    'The bare walk is readdirSync and lstatSync with bigint, because a signature needs nanoseconds.',
  ]
}
