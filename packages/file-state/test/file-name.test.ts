import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareNames, decodeName, encodePath, isUnencodable, sortNames, toBytes } from '../src/file-name.js'

const nameBytes = fc
  .uint8Array({ minLength: 1, maxLength: 12 })
  .filter((bytes) => !bytes.includes(0) && !bytes.includes(0x2f))
const mostlyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).map((text) => Buffer.from(text, 'utf8'))

test('decodeName() keeps every byte of a name, so that encodePath() gives it back', () => {
  fc.assert(
    fc.property(fc.oneof(nameBytes, mostlyText), (bytes) => {
      expect(Buffer.from(encodePath(decodeName(bytes)))).toEqual(Buffer.from(bytes))
    }),
  )
})

test('decodeName() escapes a byte that is not UTF-8 and leaves the text around it', () => {
  expect(decodeName(Buffer.from('caf\xe9.txt', 'latin1'))).toBe('caf\uDCE9.txt')
  expect(decodeName(Buffer.from('\uFEFFmark'))).toBe('\uFEFFmark')
})

test('encodePath() leaves well-formed text a string', () => {
  expect(encodePath('naïve/文.txt')).toBe('naïve/文.txt')
  expect(encodePath('\uDCE9')).toEqual(Buffer.from([0xe9]))
})

test('isUnencodable() finds surrogates that stand for no byte', () => {
  expect(isUnencodable('plain 😀 \uDC80')).toBe(false)
  expect(isUnencodable('\uD83D alone')).toBe(true)
  expect(isUnencodable('\uDFFF')).toBe(true)
})

test('compareNames() and sortNames() order as the bytes of the names do', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(nameBytes, mostlyText), { maxLength: 8 }), (list) => {
      const names = list.map((bytes) => decodeName(bytes))
      const byBytes = [...names].sort((left, right) => Buffer.compare(toBytes(left), toBytes(right)))
      expect([...names].sort(compareNames)).toEqual(byBytes)
      expect(sortNames([...names])).toEqual(byBytes)
    }),
  )
  expect(sortNames(['\u{1F600}', '\uFF5E', 'a', 'B'])).toEqual(['B', 'a', '\uFF5E', '\u{1F600}'])
})
