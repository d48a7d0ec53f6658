import { spawn } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeTree } from '@fsagent/testing'
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
    // On a busy machine few searches come between two exchanges.
    for (let round = 0; round < 15 || complete === 0; round++) {
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

const EXCHANGES = {
  directory: {
    exchange: (inside: string, outside: string) => {
      renameSync(join(inside, 'd'), join(inside, 'aside'))
      symlinkSync(outside, join(inside, 'd'))
    },
    restore: (inside: string) => {
      rmSync(join(inside, 'd'))
      renameSync(join(inside, 'aside'), join(inside, 'd'))
    },
  },
  file: {
    exchange: (inside: string, outside: string) => {
      renameSync(join(inside, 'd/e/f7.txt'), join(inside, 'd/e/aside'))
      symlinkSync(join(outside, 'e/f7.txt'), join(inside, 'd/e/f7.txt'))
    },
    restore: (inside: string) => {
      rmSync(join(inside, 'd/e/f7.txt'))
      renameSync(join(inside, 'd/e/aside'), join(inside, 'd/e/f7.txt'))
    },
  },
}

const EXCHANGE_CASES = (['directory', 'file'] as const).flatMap((what) =>
  (['content', 'count', 'files'] as const).flatMap((mode) =>
    ['nothing', 'secret\nword outside\nword outside'].map((text) => ({ what, mode, text })),
  ),
)

test.each(EXCHANGE_CASES)(
  'grep() is right after a $what was exchanged during a run in mode $mode',
  async ({ what, mode, text }) => {
    const paths = Array.from({ length: 100 }, (_, index) => `d/e/f${index}.txt`)
    using bench = searchBench({
      ...Object.fromEntries(paths.map((path) => [path, 'word inside\n'])),
      'x.txt': 'word\n',
    })
    const outside = join(dirname(bench.rootPath), 'outside')
    writeTree(outside, Object.fromEntries(paths.map((path) => [path.slice(2), text])))
    await using searcher = await bench.open({ clock: laterClock() })
    const { exchange, restore } = EXCHANGES[what]
    let runs = 0
    searcher.engine.before = async (target) => {
      if (target.by === 'path' && ++runs === 1) exchange(bench.rootPath, outside)
    }
    searcher.engine.after = async (target) => {
      if (target.by === 'path' && runs === 1) restore(bench.rootPath)
    }
    const query = { operation: 'grep', pattern: 'word', scope: '', options: { mode } } as const
    const first = await searcher.cache.grep(query)
    expect(first.files.filter((file) => file.count !== 1 || /outside|secret/.test(JSON.stringify(file)))).toEqual([])
    const second = await searcher.cache.grep(query)
    expect(second.files.map((file) => file.path)).toEqual([...paths, 'x.txt'].sort())
    expect(second.totalMatches).toBe(101)
  },
)

test('grep() and find() follow a scope that is a link inside the root, and refuse one to outside', async () => {
  using bench = searchBench({ 'a/b.txt': 'word\n', inner: { link: 'a' }, outer: { link: '/etc' } })
  await using searcher = await bench.open({ clock: laterClock() })
  const { files } = await searcher.cache.grep({ operation: 'grep', pattern: 'word', scope: 'inner' })
  expect(files.map((file) => file.path)).toEqual(['a/b.txt'])
  expect((await searcher.cache.grep({ operation: 'grep', pattern: 'word', scope: 'a' })).cache.outcome).toBe('hit')
  const outer = searcher.cache.find({ operation: 'find', pattern: '*', scope: 'outer' })
  await expect(outer).rejects.toMatchObject({ code: 'PATH_OUTSIDE_ROOT' })
})
