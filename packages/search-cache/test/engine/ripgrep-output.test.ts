import { expect, test } from 'vitest'
import { RipgrepOutput } from '../../src/engine/ripgrep-output.js'

const RECORDS =
  './a\0' +
  '1:one\n' +
  './bin: binary file matches (found "\\0" byte around offset 7)\n' +
  './a:2:b\0' +
  '12:x:y\0z\n' +
  './a\0' +
  '3:\n'

function parse(size: number): unknown {
  const output = new RipgrepOutput('content')
  const bytes = Buffer.from(`${RECORDS}./last: binary file matches (found "\\0" byte around offset 0)\n`)
  for (let start = 0; start < bytes.length; start += size) output.push(bytes.subarray(start, start + size))
  const { matches, binary } = output.finish()
  return {
    binary,
    matches: [...matches].map(([name, { count, lines }]) => [
      name,
      count,
      lines.map(({ line, bytes: text }) => `${line} ${String(text)}`),
    ]),
  }
}

test.each([1, 2, 5, 64, 1000])('push() takes records apart that arrive in pieces of %i bytes', (size) => {
  expect(parse(size)).toEqual({
    binary: ['./bin', './last'],
    matches: [
      ['./a', 2, ['1 one', '3 ']],
      ['./a:2:b', 1, ['12 x:y\0z']],
    ],
  })
})

test.each([1, 3, 100])('push() takes names and counts apart in pieces of %i bytes', (size) => {
  const files = new RipgrepOutput('files')
  const counts = new RipgrepOutput('count')
  const feed = (output: RipgrepOutput, text: string): [string, number][] => {
    for (let start = 0; start < text.length; start += size) output.push(Buffer.from(text.slice(start, start + size)))
    return [...output.finish().matches].map(([name, { count }]) => [name, count])
  }
  expect(feed(files, './a\0./b c\0')).toEqual([
    ['./a', 1],
    ['./b c', 1],
  ])
  expect(feed(counts, './a\x0012\n./b\x003\n')).toEqual([
    ['./a', 12],
    ['./b', 3],
  ])
})
