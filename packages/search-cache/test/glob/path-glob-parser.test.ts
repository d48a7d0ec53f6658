import { expect, test } from 'vitest'
import { globAllowance, parsePathGlob } from '../../src/glob/path-glob-parser.js'
import { parseIgnoreFile } from '../../src/selection/ignore-file.js'

const braces = (count: number): string => '{a,b}'.repeat(count)

test('parsePathGlob() refuses braces that give too many patterns, and those that give too long ones', () => {
  expect(parsePathGlob(braces(9))).toHaveLength(512)
  expect(() => parsePathGlob(braces(10))).toThrow('more than 1000 patterns')
  expect(() => parsePathGlob(braces(100))).toThrow('more than 1000 patterns')
  expect(() => parsePathGlob(`${braces(9)}${'x'.repeat(10_000)}`)).toThrow('patterns that are too long')
})

test('parsePathGlob() counts what a list of globs gives together, as many parts as there are', () => {
  const allowance = globAllowance()
  const before = allowance.parts
  const patterns = parsePathGlob('x/{a,bc,{d,e}f}{,g}[h-j]', allowance)
  const parts = patterns.reduce((sum, tokens) => sum + tokens.length, 0)
  expect(patterns).toHaveLength(4)
  expect(before - allowance.parts).toBe(parts + patterns.length)
})

test('parseIgnoreFile() gives a file no rules whose braces would fill the memory', () => {
  expect(parseIgnoreFile(`${braces(9)}\n`.repeat(10))).toHaveLength(10)
  expect(parseIgnoreFile(`${braces(9)}\n`.repeat(20_000))).toEqual([])
  expect(parseIgnoreFile(`${braces(10)}\nplain\n`)).toHaveLength(1)
})
