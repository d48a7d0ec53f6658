import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'

const fixture = fileURLToPath(new URL('fixtures/index-memory.mjs', import.meta.url))

const directories = Array.from({ length: 500 }, (_, index) => `part-${index % 25}/directory-${index}`)
const files = directories.flatMap((directory) => Array.from({ length: 10 }, (_, index) => `${directory}/${index}.txt`))

/** Removed paths are remembered up to a number, of which half go at a time: those of four times that 2,047 files go. */
const rounds = 8

test('an index takes at most 400 bytes a file beyond its path, 2 KB a watched directory, and nothing for what is gone', () => {
  using home = temporaryDirectory()
  const root = home.join('root')
  writeTree(root, Object.fromEntries(files.map((path) => [path, ''])))
  const scanning = indexMemory(root, 'scan', 0)
  const pathBytes = files.reduce((sum, path) => sum + path.length, 0)
  expect((scanning.indexed - pathBytes) / files.length).toBeLessThan(400)
  const watching = indexMemory(root, 'watch', 2 * rounds)
  expect((watching.indexed - scanning.indexed) / directories.length).toBeLessThan(2048)
  // To remember each of the 16,384 paths that were removed meanwhile would take more than a megabyte.
  expect(watching.grown).toBeLessThan(500_000)
})

function indexMemory(path: string, freshness: 'scan' | 'watch', comings: number) {
  const run = spawnSync(process.execPath, ['--expose-gc', fixture, path, freshness, `${comings}`], { encoding: 'utf8' })
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' })
  const report = JSON.parse(run.stdout) as { mode: string; indexed: number; grown: number }
  expect(report.mode).toBe(process.platform === 'linux' ? freshness : 'scan')
  return report
}
