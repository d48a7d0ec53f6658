import { expect, test } from 'vitest'
import { isSameLine, LineExtractor, lineText, rangesAround } from '../../src/grep/line-extractor.js'
import { ResultAllowance } from '../../src/result-allowance.js'

function extract(
  pieces: readonly Buffer[],
  lines: readonly number[],
): { lines: Record<number, string>; hasNul: boolean } {
  const extractor = new LineExtractor(rangesAround(lines, 0, 0), new ResultAllowance())
  for (const piece of pieces) extractor.push(piece)
  const { lines: found, hasNul } = extractor.finish()
  return { lines: Object.fromEntries([...found].map(([line, bytes]) => [line, bytes.toString('utf8')])), hasNul }
}

function inPieces(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  )
}

test.each([1, 2, 3, 7, 100])('push() takes lines out of pieces of %i bytes', (size) => {
  const bytes = Buffer.from('one\n\nthree\r\nfoür\n漢字\nlast')
  expect(extract(inPieces(bytes, size), [1, 2, 3, 5, 6, 9])).toEqual({
    lines: { 1: 'one', 2: '', 3: 'three\r', 5: '漢字', 6: 'last' },
    hasNul: false,
  })
})

test('finish() knows no line after the last line feed', () => {
  expect(extract([Buffer.from('one\n')], [1, 2]).lines).toEqual({ 1: 'one' })
  expect(extract([], [1]).lines).toEqual({})
})

test('push() decodes UTF-16 in pieces that cut characters', () => {
  const little = Buffer.from('\uFEFFä😀\nsecond\n', 'utf16le')
  expect(extract(inPieces(little, 3), [1, 2]).lines).toEqual({ 1: 'ä😀', 2: 'second' })
  expect(extract([Buffer.from(little).swap16()], [1]).lines).toEqual({ 1: 'ä😀' })
})

test('finish() tells of a NUL byte in a line that nobody wants', () => {
  expect(extract([Buffer.from('one\n'), Buffer.from('a\0b\n')], [1])).toEqual({ lines: { 1: 'one' }, hasNul: true })
})

test('push() ends when the lines that are wanted take more than the search may hold', () => {
  const allowance = new ResultAllowance(10_000)
  const piece = Buffer.from('\n'.repeat(1_000))
  const nothingWanted = new LineExtractor([], allowance)
  nothingWanted.push(piece)
  const everythingWanted = new LineExtractor([{ first: 1, last: 1_000 }], allowance)
  expect(() => everythingWanted.push(piece)).toThrow('too much text matches')
})

test('rangesAround() joins ranges that touch', () => {
  expect(rangesAround([2, 3, 9], 1, 2)).toEqual([
    { first: 1, last: 5 },
    { first: 8, last: 11 },
  ])
  expect(rangesAround([1, 4], 1, 1)).toEqual([{ first: 1, last: 5 }])
  expect(rangesAround([], 3, 3)).toEqual([])
})

test('isSameLine() passes over a byte order mark, and nothing else', () => {
  const printed = Buffer.from('line')
  expect(isSameLine(Buffer.from('line'), printed)).toBe(true)
  expect(isSameLine(Buffer.from('\uFEFFline'), printed)).toBe(true)
  expect(isSameLine(Buffer.from('xyzline'), printed)).toBe(false)
  expect(isSameLine(Buffer.from('line '), printed)).toBe(false)
})

test('lineText() adds bytes only to what is not UTF-8', () => {
  expect(lineText(Buffer.from('ä\uFFFD'))).toEqual({ text: 'ä\uFFFD' })
  expect(lineText(Buffer.of(0x61, 0xff))).toEqual({ text: 'a\uFFFD', bytes: Uint8Array.of(0x61, 0xff) })
})
