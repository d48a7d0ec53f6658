import { spawn } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { laterClock, searchBench } from './support/search-bench.js'

const ATTACKER = fileURLToPath(new URL('fixtures/flip-directory.mjs', import.meta.url))

test('grep() shows nothing from outside while a directory is exchanged for a link to outside, again and again', async () => {
  const inside = Object.fromEntries(
    Array.from({ length: 150 }, (_, index) => [`d/f${index}.txt`, `word inside ${index}\n`]),
  )
  using bench = searchBench({ ...inside, 'x.txt': 'word inside\n' })
  const outside = join(dirname(bench.rootPath), 'outside')
  mkdirSync(outside)
  for (let index = 0; index < 150; index++)
    writeFileSync(join(outside, `f${index}.txt`), `word secret ${index}\nword inside ${index}\n`)
  const attacker = spawn(process.execPath, [ATTACKER, bench.join('d'), outside], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = new Promise((resolve) => attacker.once('exit', resolve))
  try {
    await new Promise((resolve) => attacker.stdout.once('data', resolve))
    await using searcher = await bench.open()
    let leaked = 0
    let complete = 0
    for (let round = 0; round < 15; round++) {
      const mode = round % 3 === 0 ? 'count' : 'content'
      const { files } = await searcher.cache.grep({
        operation: 'grep',
        pattern: 'word',
        scope: '',
        options: { mode, before: round % 2 },
      })
      if (files.some((file) => file.matches.some(({ text }) => text.includes('secret')) || file.count > 1)) leaked++
      if (files.length === 151) complete++
    }
    expect(leaked).toBe(0)
    expect(complete).toBeGreaterThan(0)
  } finally {
    attacker.kill('SIGTERM')
    await gone
  }
})

test('grep() does not keep what it missed while a directory was exchanged', async () => {
  const inside = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`d/e/f${index}.txt`, 'word\n']))
  using bench = searchBench({ ...inside, 'x.txt': 'word\n' })
  const outside = join(dirname(bench.rootPath), 'outside')
  mkdirSync(join(outside, 'e'), { recursive: true })
  await using searcher = await bench.open({ clock: laterClock() })
  searcher.engine.before = async (target) => {
    if (target.by !== 'path') return
    renameSync(bench.join('d'), bench.join('aside'))
    symlinkSync(outside, bench.join('d'))
  }
  const engine = searcher.engine
  const search = engine.search.bind(engine)
  engine.search = async (query, target, signal) => {
    const report = await search(query, target, signal)
    if (target.by !== 'path') return report
    rmSync(bench.join('d'))
    renameSync(bench.join('aside'), bench.join('d'))
    engine.search = search
    engine.before = async () => {}
    return report
  }
  const query = { operation: 'grep', pattern: 'word', scope: '' } as const
  expect((await searcher.cache.grep(query)).files.map((file) => file.path)).toEqual(['x.txt'])
  expect((await searcher.cache.grep(query)).files).toHaveLength(101)
})

test('grep() and find() follow a scope that is a link inside the root, and refuse one to outside', async () => {
  using bench = searchBench({ 'a/b.txt': 'word\n', inner: { link: 'a' }, outer: { link: '/etc' } })
  await using searcher = await bench.open({ clock: laterClock() })
  const { files } = await searcher.cache.grep({ operation: 'grep', pattern: 'word', scope: 'inner' })
  expect(files.map((file) => file.path)).toEqual(['a/b.txt'])
  expect((await searcher.cache.grep({ operation: 'grep', pattern: 'word', scope: 'a' })).cache.outcome).toBe('hit')
  const outer = searcher.cache.find({ operation: 'find', pattern: '*', scope: 'outer' })
  await expect(outer).rejects.toMatchObject({ code: 'PATH_OUTSIDE_ROOT' })
})
