import { spawnSync } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { fastCrc32 } from '../src/fast-crc32.js'

const borders = [0, 1, 6143, 6144, 6145, 6159, 6160, 16_383, 16_384, 16_385, 65_535, 65_536, 65_537]
const source = randomBytes(70_000)

/** Sums that were not those of zlib, of bytes that begin anywhere and come after anything. */
function wrongSums(lengths: readonly number[]): readonly number[] {
  return lengths.filter((length) => {
    const [start, before] = [randomInt(source.length - length), randomInt(2 ** 32)]
    const bytes = source.subarray(start, start + length)
    return fastCrc32(bytes, before) !== crc32(bytes, before)
  })
}

test('fastCrc32() gives what zlib gives, before and after it has prepared itself', () => {
  expect(wrongSums(borders)).toEqual([])
  for (let index = 0; index < 2048; index += 1) fastCrc32(source.subarray(0, 6144), 0)
  expect(wrongSums(borders)).toEqual([])
  expect(wrongSums(Array.from({ length: 2000 }, () => randomInt(6144, 65_537)))).toEqual([])
})

test('fastCrc32() sees each bit that differs, at the ends of the bytes and in the middle', () => {
  const bytes = Buffer.from(source.subarray(0, 10_000))
  const right = fastCrc32(bytes, 0)
  for (const place of [0, 1, 15, 16, 1967, 1968, 5000, 8031, 8032, 9998, 9999]) {
    for (let bit = 1; bit < 256; bit *= 2) {
      bytes[place] = (bytes[place] ?? 0) ^ bit
      expect(fastCrc32(bytes, 0)).not.toBe(right)
      bytes[place] = (bytes[place] ?? 0) ^ bit
    }
  }
  expect(fastCrc32(bytes, 0)).toBe(right)
})

test('fastCrc32() goes on with zlib where there is no WebAssembly', () => {
  const module = new URL('../dist/fast-crc32.js', import.meta.url)
  const program = `
    const { fastCrc32 } = await import(${JSON.stringify(module.href)})
    const bytes = Buffer.alloc(6144, 7)
    const sums = new Set(Array.from({ length: 3000 }, () => fastCrc32(bytes, 1)))
    console.log(typeof WebAssembly, [...sums].join())`
  const run = spawnSync(process.execPath, ['--jitless', '--input-type=module', '--eval', program], { encoding: 'utf8' })
  expect(run.stdout.trim(), run.stderr).toBe(`undefined ${crc32(Buffer.alloc(6144, 7), 1)}`)
})
