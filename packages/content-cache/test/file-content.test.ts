import { expect, test } from 'vitest'
import { FileContent } from '../src/index.js'

function contentOf(text: string, encoding: BufferEncoding = 'utf8'): FileContent {
  return new FileContent(Buffer.from(text, encoding))
}

test('bytes come back as they were: CRLF, byte order mark, no final newline, invalid UTF-8', () => {
  for (const hexadecimal of ['610d0a62', 'efbbbf61', '61', '61ff62', '', '0a', 'fffe6100', 'feff0061', '6100']) {
    const bytes = Uint8Array.from(Buffer.from(hexadecimal, 'hex'))
    expect(new FileContent(bytes).bytes).toEqual(bytes)
  }
})

test('bytes and slices are copies: changing them does not change the content', () => {
  const content = contentOf('one\ntwo\n')
  content.bytes.fill(0)
  content.head(1).fill(0)
  content.tail(1).fill(0)
  expect(content.text()).toBe('one\ntwo\n')
})

test.each([
  ['text', Buffer.from('naïve'), 'utf-8'],
  ['an empty file', Buffer.alloc(0), 'utf-8'],
  ['Latin-1', Buffer.from('naïve', 'latin1'), 'utf-8-lossy'],
  ['a NUL', Buffer.from('a\0b'), 'binary'],
  ['a NUL at the end of the first 8 KiB', Buffer.from(`${'a'.repeat(8191)}\0`), 'binary'],
  ['a NUL just after the first 8 KiB', Buffer.from(`${'a'.repeat(8192)}\0`), 'utf-8'],
  ['UTF-16 with a mark, little end first', Buffer.from('\ufeffhi', 'utf16le'), 'utf-16le'],
  ['UTF-16 with a mark, big end first', Buffer.from('\ufeffhi', 'utf16le').swap16(), 'utf-16be'],
  ['UTF-32 with a mark', Buffer.from('fffe000061000000', 'hex'), 'binary'],
] as const)('encoding of %s', (_name, bytes, encoding) => {
  const content = new FileContent(bytes)
  expect(content.encoding).toBe(encoding)
  expect(content.isBinary).toBe(encoding === 'binary')
})

test('text() decodes each encoding and keeps the byte order mark', () => {
  expect(contentOf('\ufeffgrün\r\n').text()).toBe('\ufeffgrün\r\n')
  expect(contentOf('\ufeffgrün\n', 'utf16le').text()).toBe('\ufeffgrün\n')
  expect(new FileContent(Buffer.from('\ufeffgrün\n', 'utf16le').swap16()).text()).toBe('\ufeffgrün\n')
  expect(new FileContent(Buffer.from('61ff62', 'hex')).text()).toBe('a\ufffdb')
})

test('lines of UTF-16 end at the character, not at the byte', () => {
  // U+0A05 beside U+0100: a byte 0x0A beside a byte 0x00, and no newline, whichever end comes first.
  const text = '\ufeffਅĀਅ one\nĊ two\nthree'
  for (const bytes of [Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()]) {
    const content = new FileContent(bytes)
    expect(content.lineCount).toBe(3)
    expect(content.textOfLines(2, 2)).toBe('Ċ two\n')
    expect(content.textOfLines(3, 9)).toBe('three')
    expect(Buffer.concat([content.sliceLines(1, 1), content.sliceLines(2, 3)])).toEqual(bytes)
  }
})

test.each([
  ['', 0, 0],
  ['\n', 1, 1],
  ['a', 1, 0],
  ['a\n', 1, 1],
  ['a\nb', 2, 1],
  ['a\r\n\r\nb\r\n', 3, 3],
])('lineCount and newlineCount of %j', (text, lines, newlines) => {
  const content = contentOf(text)
  expect([content.lineCount, content.newlineCount]).toEqual([lines, newlines])
})

test('sliceLines() finds every line of a file with many lines', () => {
  const lines = Array.from({ length: 1_000 }, (_, index) => `line ${index + 1} ${'x'.repeat(index % 7)}\n`)
  const content = contentOf(lines.join(''))
  for (let line = 1; line <= 1_000; line += 1) expect(content.textOfLines(line, line)).toBe(lines[line - 1])
  expect(content.textOfLines(990, 2_000)).toBe(lines.slice(989).join(''))
  expect(content.textOfLines(998, Infinity)).toBe(lines.slice(997).join(''))
  expect(content.sliceLines(1_001, 1_010)).toHaveLength(0)
})

test('sliceLines() gives nothing for an end before the start and refuses a start before the first line', () => {
  const content = contentOf('a\nb\n')
  expect(content.sliceLines(2, 1)).toHaveLength(0)
  expect(() => content.sliceLines(0, 1)).toThrow(RangeError)
  expect(() => content.sliceLines(1.5, 2)).toThrow(RangeError)
})

test('head() and tail() of no lines are empty, of too many lines everything', () => {
  const content = contentOf('a\nb\nc')
  expect([content.head(0).length, content.tail(0).length]).toEqual([0, 0])
  expect([content.head(99).length, content.tail(99).length]).toEqual([5, 5])
})

test('a file of one line and 10 MB answers', () => {
  const content = new FileContent(Buffer.alloc(10_000_000, 'a'))
  expect([content.lineCount, content.newlineCount, content.wordCount()]).toEqual([1, 0, 1])
  expect(content.head(1)).toHaveLength(10_000_000)
  expect(content.tail(1)).toHaveLength(10_000_000)
})
