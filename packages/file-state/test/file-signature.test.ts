import { statSync } from 'node:fs'
import { temporaryDirectory } from '@fsagent/testing'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FileSignature, fingerprint, sameSignature, signatureOf } from '../src/file-signature.js'

const field = fc.bigInt({ min: 0n, max: 40n })
const signature: fc.Arbitrary<FileSignature> = fc.record({
  dev: field,
  ino: field,
  size: field,
  mtimeNs: field,
  ctimeNs: field,
  mode: field,
  uid: field,
  gid: field,
})
const fieldNames = ['dev', 'ino', 'size', 'mtimeNs', 'ctimeNs', 'mode', 'uid', 'gid'] as const

test('signatureOf() takes the eight fields and nothing else', () => {
  using directory = temporaryDirectory()
  const stats = statSync(directory.path, { bigint: true })
  const taken = signatureOf(stats)
  expect(Object.keys(taken).sort()).toEqual([...fieldNames].sort())
  expect(sameSignature(taken, stats)).toBe(true)
})

test('sameSignature() and fingerprint() differ as soon as one of the eight fields differs', () => {
  fc.assert(
    fc.property(signature, fc.constantFrom(...fieldNames), (original, name) => {
      const other = { ...original, [name]: original[name] + 1n }
      expect(sameSignature(original, { ...original })).toBe(true)
      expect(fingerprint(original)).toBe(fingerprint({ ...original }))
      expect(sameSignature(original, other)).toBe(false)
      expect(fingerprint(original)).not.toBe(fingerprint(other))
    }),
  )
})

test('fingerprint() tells apart signatures whose digits only move from one field to the next', () => {
  fc.assert(
    fc.property(signature, signature, (left, right) => {
      expect(fingerprint(left) === fingerprint(right)).toBe(sameSignature(left, right))
    }),
  )
})
