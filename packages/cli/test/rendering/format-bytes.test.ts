import { expect, test } from 'vitest'
import { formatBytes } from '../../src/rendering/format-bytes.js'

test.each([
  [0, '0 bytes'],
  [1023, '1023 bytes'],
  [1024, '1.0 KiB'],
  [1_572_864, '1.5 MiB'],
  [524_288_000, '500.0 MiB'],
  [2 ** 60, '1048576.0 TiB'],
])('formatBytes(%d) gives %s', (bytes, shown) => {
  expect(formatBytes(bytes)).toBe(shown)
})
