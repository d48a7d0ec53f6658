import { execFileSync } from 'node:child_process'
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { rgPath } from '@vscode/ripgrep'
import { expect, test } from 'vitest'
import { RipgrepEngine } from '../src/engine/ripgrep-engine.js'
import { SearchCache } from '../src/search-cache.js'
import { searchBench } from './support/search-bench.js'

const QUERY = { operation: 'grep', pattern: 'wor[d]', scope: '' } as const
/** Above 64 files the engine opens them by their paths, and by name where not everything takes part. */
const tree = {
  ...Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`f${index}`, 'word\n'])),
  '.gitignore': '*.log\n',
  'x.log': '',
}

test('grep() does not wait for a file that became a FIFO after it was indexed', async () => {
  using bench = searchBench(tree)
  await using process = await bench.open()
  process.engine.before = async (target) => {
    if (target.by !== 'path') return
    rmSync(bench.join('f7'))
    execFileSync('mkfifo', [bench.join('f7')])
  }
  const { files, cache } = await process.cache.grep(QUERY)
  expect(files).toHaveLength(69)
  expect([files.some(({ path }) => path === 'f7'), cache.outcome]).toEqual([false, 'miss'])
  process.engine.before = async () => {}
  rmSync(bench.join('f7'))
  writeFileSync(bench.join('f7'), 'a new word\n')
  expect((await process.cache.grep(QUERY)).files).toHaveLength(70)
})

test('grep() of a single command does not wait for a file that became a FIFO, either', async () => {
  using bench = searchBench(tree)
  await using process = await bench.open()
  execFileSync('mkfifo', [`${bench.rootPath}-fifo`])
  const executable = `${bench.rootPath}-rg`
  // What ripgrep does that opens a FIFO by its path.
  const script = `case "$*" in *--files*|*/dev/fd/*) exec "${rgPath}" "$@";; esac\nexec "${rgPath}" word "${bench.rootPath}-fifo"`
  writeFileSync(executable, `#!/bin/sh\n${script}\n`)
  chmodSync(executable, 0o755)
  const engine = new RipgrepEngine({ executable })
  const { root, index } = process
  const oneShot = { engine, openStore: async () => undefined, patienceMs: Infinity }
  const { files } = await new SearchCache({ root, index, oneShot }).grep(QUERY)
  expect(files).toHaveLength(70)
})
