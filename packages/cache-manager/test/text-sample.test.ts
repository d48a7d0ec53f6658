import { expect, test } from 'vitest'
import { isTextSample, sampleBytes } from '../src/text-sample.js'

test('a full sample may end inside a character, a shorter one may not', () => {
  const full = Buffer.alloc(sampleBytes, 'a')
  for (const [offset, bytes] of [
    [3, 'f09f98'],
    [2, 'e6bc'],
    [1, 'c3'],
  ] as const) {
    const cut = Buffer.from(full)
    cut.write(bytes, sampleBytes - offset, 'hex')
    expect(isTextSample(cut)).toBe(true)
    expect(isTextSample(cut.subarray(1))).toBe(false)
  }
  full.write('ff', 10, 'hex')
  expect(isTextSample(full)).toBe(false)
})

test.each([
  ['nothing', '', true],
  ['text', '68c3a9', true],
  ['Latin-1', '63e9', false],
  ['a NUL', '6100', false],
  ['UTF-16 with a mark', 'fffe6100', true],
  ['UTF-16 without a mark', '61006200', false],
])('a sample of %s', (_name, hexadecimal, expected) => {
  expect(isTextSample(Buffer.from(hexadecimal, 'hex'))).toBe(expected)
})
