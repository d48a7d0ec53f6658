import { closeSync, openSync, writeFileSync } from 'node:fs'
import { seededRandom, temporaryDirectory } from '@fsagent/testing'
import { rgPath } from '@vscode/ripgrep'
import { expect, test } from 'vitest'
import { searchLiterally } from '../../src/engine/literal-search.js'
import { RipgrepEngine } from '../../src/engine/ripgrep-engine.js'
import type { EngineReport } from '../../src/engine/search-engine.js'
import { plainQuery } from '../support/plain-query.js'

const pieces = ['needle', 'need', 'le', 'a.b', 'a+b', ' ', '-', '\n', '\n\n', '\r\n', 'é', '\u{1F600}', '\u2028', 'x']
const bytes = [Buffer.of(0xff), Buffer.of(0xc3), Buffer.of(0), Buffer.of(0xef, 0xbb, 0xbf), Buffer.of(0xff, 0xfe)]
const patterns = ['needle', 'e', '-', ' ', 'a.b', 'a+b', 'le', 'n e', '--', 'x!', '<>', '@']
const modes = ['content', 'files', 'count'] as const

test('searchLiterally() says of a file what ripgrep says, byte by byte, or nothing', async () => {
  const seed = Date.now() % 1_000_000
  const random = seededRandom(seed)
  const drawFile = (): Buffer =>
    Buffer.concat(
      Array.from({ length: random.integer(0, 20) }, () =>
        Buffer.from(random.next() < 0.03 ? random.pick(bytes) : random.pick(pieces)),
      ),
    )
  using directory = temporaryDirectory()
  const ripgrep = new RipgrepEngine({ executable: rgPath })
  let answered = 0
  for (let round = 0; round < 40; round += 1) {
    const asked = {
      ...plainQuery,
      pattern: random.pick(patterns),
      fixed: random.next() < 0.5,
      mode: random.pick(modes),
    }
    const paths = Array.from({ length: 30 }, (_, index) => directory.join(String(index)))
    for (const path of paths) writeFileSync(path, drawFile())
    const descriptors = paths.map((path) => openSync(path, 'r'))
    const right = await ripgrep.search(asked, { by: 'descriptor', paths, descriptors })
    for (const [index, path] of paths.entries()) {
      const one = { by: 'descriptor', paths: [path], descriptors: [descriptors[index] ?? -1] } as const
      const report = searchLiterally(asked, one, Infinity)
      if (report === undefined) continue
      answered += 1
      expect(textOf(report, path), `seed ${seed}, ${JSON.stringify(asked)}`).toEqual(textOf(right, path))
    }
    for (const descriptor of descriptors) closeSync(descriptor)
  }
  expect(answered).toBeGreaterThan(300)
})

test.each([
  ['a pattern', { ...plainQuery, pattern: 'nee.le' }, 'needle\n'],
  ['letters whose case does not matter', { ...plainQuery, ignoreCase: true }, 'needle\n'],
  ['letters beyond ASCII', { ...plainQuery, pattern: 'é', fixed: true }, 'é\n'],
  ['a file with a NUL byte', plainQuery, 'needle\n\0'],
  ['a file in UTF-16', plainQuery, Buffer.from('\uFEFFneedle\n', 'utf16le')],
  ['a file with a byte order mark', plainQuery, '\uFEFFneedle\n'],
  ['a file that is large', plainQuery, `needle\n${'x'.repeat(1024 * 1024)}`],
] as const)('searchLiterally() leaves %s to ripgrep', (_, asked, text) => {
  using directory = temporaryDirectory()
  const path = directory.join('file')
  writeFileSync(path, text)
  const descriptor = openSync(path, 'r')
  expect(searchLiterally(asked, { by: 'descriptor', paths: [path], descriptors: [descriptor] }, Infinity)).toBe(
    undefined,
  )
  closeSync(descriptor)
})

/** What is said about one file, with its lines as they are on disk. */
function textOf({ matches, binary, unreadable }: EngineReport, path: string): unknown {
  const match = matches.get(path)
  const lines = match?.lines.map(({ line, bytes: found }) => [line, Buffer.from(found).toString('latin1')])
  return { lines, count: match?.count, isBinary: binary.includes(path), isUnreadable: unreadable.includes(path) }
}
