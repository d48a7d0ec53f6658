import { statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { CheckedFiles } from '../src/checked-files.js'

const claim = Buffer.from('claim')

/** To this clock every file was written a minute ago. */
const later = (): number => Date.now() + 60_000

/** Reads a file and answers what it gave and how often it was checked. */
function reader(path: string, files: CheckedFiles) {
  let checks = 0
  const read = (right: string, of: Buffer = claim): readonly [string | undefined, number] => {
    const holds = (bytes: Buffer): boolean => {
      checks += 1
      return bytes.toString() === right
    }
    return [files.read(path, { key: 'entry', claim: of, holds })?.toString(), checks]
  }
  return read
}

test('read() checks a file once as long as it is the same', () => {
  using directory = temporaryDirectory()
  const path = directory.join('file')
  writeFileSync(path, 'right')
  const read = reader(path, new CheckedFiles(later))
  expect([read('right'), read('right')]).toEqual([
    ['right', 1],
    ['right', 1],
  ])
})

test('read() checks again what was written to, also when size and mtime are what they were', () => {
  using directory = temporaryDirectory()
  const path = directory.join('file')
  writeFileSync(path, 'right')
  const read = reader(path, new CheckedFiles(later))
  expect(read('right')).toEqual(['right', 1])
  const { atime, mtime, ctimeNs } = statSync(path, { bigint: true })
  do writeFileSync(path, 'wrong')
  while (statSync(path, { bigint: true }).ctimeNs === ctimeNs)
  utimesSync(path, atime, mtime)
  expect(read('right')).toEqual([undefined, 2])
  truncateSync(path, 0)
  expect(read('right')).toEqual([undefined, 3])
})

test('read() trusts no file that was written a moment ago', () => {
  using directory = temporaryDirectory()
  const path = directory.join('file')
  writeFileSync(path, 'right')
  const read = reader(path, new CheckedFiles())
  expect([read('right'), read('right')]).toEqual([
    ['right', 1],
    ['right', 2],
  ])
})

test('read() checks against another claim', () => {
  using directory = temporaryDirectory()
  const path = directory.join('file')
  writeFileSync(path, 'right')
  const read = reader(path, new CheckedFiles(later))
  expect(read('right')).toEqual(['right', 1])
  expect(read('other', Buffer.from('another claim'))).toEqual([undefined, 2])
  expect(read('right')).toEqual(['right', 2])
})

test('read() throws when the file cannot be read', () => {
  using directory = temporaryDirectory()
  expect(() => reader(directory.join('none'), new CheckedFiles(later))('right')).toThrow('ENOENT')
})
