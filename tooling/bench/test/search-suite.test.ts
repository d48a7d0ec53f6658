import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('../dist/run.js', import.meta.url))

/** Rows of the targets, by how they go on after the name of the tree. */
const targets = [
  'hit, watching',
  'after 1 edited file',
  'after 50 edited files',
  'first hit after a restart',
  'index start, watching',
  'never asked before',
  'delay of the event loop',
  'memory',
]

test('bench search measures every target beside rg, grep, find and a bare walk', async () => {
  using folder = temporaryDirectory()
  const { stdout } = await execa(process.execPath, [program, 'search', '--smoke', '--markdown'], { cwd: folder.path })
  const written: Written = JSON.parse(readFileSync(join(folder.path, 'bench-results', 'search.json'), 'utf8'))
  for (const target of targets) {
    const goal = written.goals.find(({ what }) => what.endsWith(`: ${target}`))
    expect(goal?.reached, target).toMatch(/\d/u)
    expect(stdout).toContain(`| ${goal?.what} |`)
  }
  const measurements = written.comparisons.flatMap((comparison) => comparison.measurements)
  for (const { name, medianUs } of measurements) expect(medianUs, name).toBeGreaterThan(0)
  const names = measurements.map(({ name }) => name)
  for (const peer of ['rg as a process', 'GNU grep -rn as a process', 'find as a process', 'bare lstat walk'])
    expect(names).toContain(peer)
})

interface Written {
  readonly goals: readonly { readonly what: string; readonly reached: string }[]
  readonly comparisons: readonly {
    readonly measurements: readonly { readonly name: string; readonly medianUs: number }[]
  }[]
}
