import { writeFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ContentLines } from '../src/index.js'
import { arbitraryBytes } from './support/arbitrary-bytes.js'
import { contentFixture } from './support/content-fixture.js'
import { gnu, gnuMissing } from './support/gnu.js'

const missing = gnuMissing()
const where = missing === undefined ? '' : ` (skipped: ${missing})`

/** 1.3 MB of lines of many lengths, without a final newline: several pieces of reading. */
const manyLines = Buffer.from(
  Array.from({ length: 20_000 }, (_, index) => `${index + 1} ${'wörter '.repeat(index % 17)}`).join('\n'),
)

test('a file above maxFileSize is refused as a whole and never stored', async () => {
  await using fixture = await contentFixture({ tree: { 'big.log': manyLines }, maxFileSize: 1_000_000 })
  await expect(fixture.cache.getContent('big.log')).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' })
  await fixture.cache.getLines('big.log', { start: 1, end: 5 })
  await fixture.cache.getTail('big.log', 5)
  await fixture.cache.getCounts('big.log')
  expect(fixture.store.stats().size).toBe(0)
})

test('a file stored under a larger limit is refused as without a cache', async () => {
  await using fixture = await contentFixture({ tree: { 'a.log': 'some text' } })
  await fixture.cache.getContent('a.log')
  const limited = fixture.again({ maxFileSize: 8 })
  await expect(limited.getContent('a.log')).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' })
})

test('a file that grows above maxFileSize is not answered from what was stored', async () => {
  await using fixture = await contentFixture({ tree: { 'a.log': 'short\n' }, maxFileSize: 100 })
  await fixture.cache.getContent('a.log')
  writeFileSync(fixture.at('a.log'), 'longer\n'.repeat(100))
  await expect(fixture.cache.getContent('a.log')).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' })
  expect((await fixture.cache.getLines('a.log', { start: 99, end: 99 })).text).toBe('longer\n')
})

test.skipIf(missing)(`ranges, last lines and counts of a large file equal the GNU tools${where}`, async () => {
  await using fixture = await contentFixture({ tree: { 'big.log': manyLines }, maxFileSize: 1_000 })
  for (const [start, end] of [
    [1, 1],
    [1, 10],
    [9_999, 10_001],
    [19_999, 20_000],
    [20_000, 30_000],
    [20_001, 20_002],
  ]) {
    const { bytes } = await fixture.cache.getLines('big.log', { start: start ?? 1, end })
    expect(gnu('sed', ['-n', `${start},${end}p`], manyLines).equals(bytes)).toBe(true)
  }
  for (const lines of [0, 1, 2, 100, 9_000, 30_000]) {
    const { bytes } = await fixture.cache.getTail('big.log', lines)
    expect(gnu('tail', ['-n', String(lines)], manyLines).equals(bytes)).toBe(true)
  }
  const counts = await fixture.cache.getCounts('big.log')
  expect(`${counts.lines} ${counts.words} ${counts.bytes}`).toBe(
    gnu('wc', ['-lwc'], manyLines).toString().trim().replaceAll(/\s+/g, ' '),
  )
})

test('a file above maxFileSize gives the same lines, last lines and counts as one below', async () => {
  await using fixture = await contentFixture()
  const whole = fixture.again()
  const pieces = fixture.again({ maxFileSize: 0 })
  const range = fc.record({ start: fc.integer({ min: 1, max: 20 }), more: fc.nat(10), last: fc.nat(20) })
  await fc.assert(
    fc.asyncProperty(arbitraryBytes(), range, async (bytes, { start, more, last }) => {
      fc.pre(bytes.length > 0)
      writeFileSync(fixture.at('a'), bytes)
      const small = await whole.getLines('a', { start, end: start + more })
      const large = await pieces.getLines('a', { start, end: start + more })
      expect(large.cache.outcome).toBe('bypass')
      expect(comparable(large)).toEqual(comparable(small))
      expect([null, small.lineCount]).toContain(large.lineCount)
      const tail = await whole.getTail('a', last)
      expect(Buffer.from((await pieces.getTail('a', last)).bytes)).toEqual(Buffer.from(tail.bytes))
      const { cache: _cache, ...counts } = await pieces.getCounts('a')
      expect(await whole.getCounts('a')).toMatchObject(counts)
    }),
    { numRuns: 100 },
  )
})

/** All but what may differ: how it was answered, and the number of lines when not all of them were read. */
function comparable({ lineCount: _count, cache: _cache, bytes, ...rest }: ContentLines): object {
  return { ...rest, bytes: Buffer.from(bytes).toString('hex') }
}

test('lines of a large UTF-16 file end at characters', async () => {
  const text = `\ufeff${Array.from({ length: 60_000 }, (_, index) => `Ċ ${index + 1}`).join('\n')}\n`
  for (const bytes of [Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()]) {
    await using fixture = await contentFixture({ tree: { 'a.txt': bytes }, maxFileSize: 100 })
    const lines = await fixture.cache.getLines('a.txt', { start: 50_000, end: 50_001 })
    expect([lines.text, lines.isBinary]).toEqual(['Ċ 50000\nĊ 50001\n', false])
    expect((await fixture.cache.getTail('a.txt', 2)).text).toBe('Ċ 59999\nĊ 60000\n')
  }
})

test('lines that do not fit are cut between characters, and say so', async () => {
  const bytes = Buffer.concat([Buffer.from('x'), Buffer.alloc(12_000_000, 'é')])
  await using fixture = await contentFixture({ tree: { 'one-line.txt': bytes }, maxFileSize: 1_000 })
  const head = await fixture.cache.getLines('one-line.txt', { start: 1, end: 1 })
  expect([head.truncated, head.encoding, head.startLine, head.endLine]).toEqual([true, 'utf-8', 1, 1])
  expect(head.bytes.length).toBe(10_485_759)
  const tail = await fixture.cache.getTail('one-line.txt', 1)
  expect([tail.truncated, tail.encoding, tail.bytes.length]).toEqual([true, 'utf-8', 10_485_758])
})

test('reading a large file ends when the caller gives up', async () => {
  await using fixture = await contentFixture({ tree: { 'big.log': manyLines }, maxFileSize: 1_000 })
  const controller = new AbortController()
  const counting = fixture.cache.getCounts('big.log', { signal: controller.signal })
  controller.abort(new Error('enough'))
  await expect(counting).rejects.toThrow('enough')
})
