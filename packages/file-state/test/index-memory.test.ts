import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'

const fixture = fileURLToPath(new URL('fixtures/index-memory.mjs', import.meta.url))

const directories = Array.from({ length: 1000 }, (_, index) => `part-${index % 25}/directory-${index}`)
const files = directories.flatMap((directory) => Array.from({ length: 10 }, (_, index) => `${directory}/${index}.txt`))

test('an index takes at most 400 bytes a file beyond its path, and 2 KB a watched directory', () => {
  using root = temporaryDirectory()
  writeTree(root.path, Object.fromEntries(files.map((path) => [path, ''])))
  const [scanning, watching] = [indexMemory(root.path, 'scan'), indexMemory(root.path, 'watch')]
  const pathBytes = files.reduce((sum, path) => sum + path.length, 0)
  expect((scanning - pathBytes) / files.length).toBeLessThan(400)
  expect((watching - scanning) / directories.length).toBeLessThan(2048)
})

function indexMemory(path: string, freshness: 'scan' | 'watch'): number {
  const run = spawnSync(process.execPath, ['--expose-gc', fixture, path, freshness], { encoding: 'utf8' })
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' })
  const report = JSON.parse(run.stdout) as { mode: string; indexed: number }
  expect(report.mode).toBe(process.platform === 'linux' ? freshness : 'scan')
  return report.indexed
}
