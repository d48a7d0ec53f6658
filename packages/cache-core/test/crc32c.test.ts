import { expect, test } from 'vitest'
import { crc32c } from '../src/crc32c.js'

test('crc32c() gives the values of RFC 3720, B.4', () => {
  const ascending = Uint8Array.from({ length: 32 }, (_, index) => index)
  expect(crc32c(new Uint8Array(32), 0, 32)).toBe(0x8a_91_36_aa)
  expect(crc32c(new Uint8Array(32).fill(0xff), 0, 32)).toBe(0x62_a8_ab_43)
  expect(crc32c(ascending, 0, 32)).toBe(0x46_dd_79_4e)
  expect(crc32c(ascending.toReversed(), 0, 32)).toBe(0x11_3f_db_5c)
})

test('crc32c() takes any part of the bytes, also of a view into larger memory', () => {
  const view = Buffer.from('xx123456789x').subarray(1)
  expect(crc32c(view, 1, 10)).toBe(0xe3_06_92_83)
  expect(crc32c(view, 3, 3)).toBe(0)
})
