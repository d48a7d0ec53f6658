import { mkdirSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { laterClock, searchBench, type SearchBench } from './support/search-bench.js'

async function grep(
  bench: SearchBench,
  pattern: string,
): Promise<{ found: string[]; binary: number; unreadable: readonly string[] }> {
  await using process = await bench.open({ clock: laterClock() })
  const { files, skipped } = await process.cache.grep({ operation: 'grep', pattern, scope: '' })
  const found = files.flatMap((file) => file.matches.map((match) => `${file.path}:${match.line}:${match.text}`))
  return { found, ...skipped }
}

const NAMES = [
  '-rf',
  '--files',
  'a:1:b',
  'new\nline',
  'a: binary file matches (found "\\0" byte around offset 5)',
  '*',
  '[x]',
  ' lead',
  'tab\t',
  'quo\'te"',
  '\\b',
  'é漢😀',
  '$HOME',
  '{a}',
]

test.each([10, 200])('grep() reads files of any name, one of %i', async (count) => {
  const others = Object.fromEntries(Array.from({ length: count }, (_, index) => [`other/${index}`, 'nothing\n']))
  const tree = Object.fromEntries(NAMES.map((name) => [`${name}/${name}`, `x\nneedle in it\n`]))
  using bench = searchBench({ ...tree, ...others })
  const { found } = await grep(bench, 'needle')
  expect(found).toHaveLength(NAMES.length)
  expect(new Set(found)).toEqual(new Set(NAMES.map((name) => `${name}/${name}:2:needle in it`)))
})

test.each([0, 200])('grep() reads files whose names are not UTF-8, among %i others', async (count) => {
  using bench = searchBench(
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`other/${index}`, 'nothing\n'])),
  )
  writeFileSync(Buffer.concat([Buffer.from(bench.join('bad-')), Buffer.of(0xff)]), 'needle\n')
  const { found } = await grep(bench, 'needle')
  expect(found).toEqual(['bad-\udcff:1:needle'])
})

test.each([0, 200])(
  'grep() leaves a file with a NUL byte anywhere out, and counts it, among %i others',
  async (count) => {
    using bench = searchBench({
      ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`other/${index}`, 'nothing\n'])),
      early: Buffer.from('needle\n\0\nneedle\n'),
      late: Buffer.concat([Buffer.from('needle\n'), Buffer.alloc(3_000_000, 'x\n'), Buffer.from('\0')]),
      unrelated: Buffer.from('\0'),
      text: 'needle\n',
    })
    expect(await grep(bench, 'needle')).toEqual({ found: ['text:1:needle'], binary: 2, unreadable: [] })
    for (const mode of ['files', 'count'] as const) {
      await using process = await bench.open({ clock: laterClock() })
      const result = await process.cache.grep({ operation: 'grep', pattern: 'needle', scope: '', options: { mode } })
      expect([result.files.map((file) => file.path), result.skipped.binary]).toEqual([['text'], 2])
    }
  },
)

test('grep() decodes UTF-16 with a byte order mark, and keeps the mark of UTF-8', async () => {
  const little = Buffer.from('\uFEFFfirst\nä needle\n', 'utf16le')
  using bench = searchBench({ little, big: Buffer.from(little).swap16(), marked: '\uFEFFneedle\n', plain: 'needle\n' })
  expect((await grep(bench, '^needle|ä')).found).toEqual([
    'big:2:ä needle',
    'little:2:ä needle',
    'marked:1:\uFEFFneedle',
    'plain:1:needle',
  ])
})

test('grep() gives the bytes of a line that is not UTF-8', async () => {
  const line = Buffer.concat([Buffer.from('needle '), Buffer.of(0xe9, 0xff), Buffer.from(' end')])
  using bench = searchBench({ latin1: Buffer.concat([line, Buffer.from('\n')]) })
  await using process = await bench.open({ clock: laterClock() })
  const { files } = await process.cache.grep({ operation: 'grep', pattern: 'needle', scope: '' })
  expect(files[0]?.matches[0]?.text).toBe('needle \uFFFD\uFFFD end')
  expect(Buffer.from(files[0]?.matches[0]?.bytes ?? []).equals(line)).toBe(true)
})

test('grep() reads lines of any length, and files without a last line feed', async () => {
  const long = `${'x'.repeat(5_000_000)}needle`
  using bench = searchBench({ long, 'many.txt': `${'filler\n'.repeat(400_000)}needle` })
  const { found } = await grep(bench, 'needle')
  expect(found.map((line) => line.length)).toEqual([long.length + 'long:1:'.length, 'many.txt:400001:needle'.length])
})

test('grep() opens neither special files nor symbolic links', async () => {
  using bench = searchBench({ 'a.txt': 'needle\n', link: { link: 'a.txt' }, outside: { link: '/etc' } })
  execFileSync('mkfifo', [bench.join('pipe')])
  mkdirSync(bench.join('needle'))
  expect(await grep(bench, 'needle|root')).toEqual({ found: ['a.txt:1:needle'], binary: 0, unreadable: [] })
})
