import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeRecord, isIntact, parseRecord } from '../src/record.js'
import { escapeText, unescapeText } from '../src/well-formed-text.js'

test('a record gives back what it was made of, and no single flipped bit or other key goes unnoticed', () => {
  const value = Buffer.from('the value')
  const record = encodeRecord('key', { kind: 1, createdAt: 1_900_000_000_000, expiresAt: 1.5, value })
  const parsed = parseRecord(record)
  expect(parsed).toMatchObject({ kind: 1, createdAt: 1_900_000_000_000, expiresAt: 1.5, length: 9, inline: value })
  expect(parsed && isIntact('key', parsed, value)).toBe(true)
  expect(parsed && isIntact('other key', parsed, value)).toBe(false)
  for (let bit = 0; bit < record.length * 8; bit += 1) {
    const flipped = Buffer.from(record)
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    const damaged = parseRecord(flipped)
    expect(damaged?.inline !== undefined && isIntact('key', damaged, damaged.inline), `bit ${bit}`).toBe(false)
  }
})

test('escapeText() is undone by unescapeText(), and UTF-8 keeps different texts different', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '0', 'd', '\uD800', '\uDC00', '\uFFFF', '\uFFFD', '😀') })
  const property = fc.property(text, text, (one, other) => {
    expect(unescapeText(escapeText(one))).toBe(one)
    expect(Buffer.from(escapeText(one)).toString()).toBe(escapeText(one))
    expect(escapeText(one) === escapeText(other)).toBe(one === other)
  })
  fc.assert(property, { numRuns: 1000 })
})

test.each(['plain', 'Schlüssel 鍵 🗝', ''])(
  'the checksum of a record is the CRC-32 of header, key and value (key %j)',
  (key) => {
    const value = Buffer.from('some value')
    const record = encodeRecord(key, { kind: 1, createdAt: 12.5, expiresAt: 0, value })
    expect(record.readUInt32LE(28)).toBe(crc32(Buffer.concat([record.subarray(0, 28), Buffer.from(key), value])))
  },
)
