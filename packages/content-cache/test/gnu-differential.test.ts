import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { FileContent } from '../src/index.js'
import { WordCounter } from '../src/word-counter.js'
import { arbitraryBytes } from './support/arbitrary-bytes.js'
import { gnu, gnuMissing } from './support/gnu.js'

const missing = gnuMissing()
const where = missing === undefined ? '' : ` (skipped: ${missing})`

/** UTF-16 is left out by design: its lines end at characters, those of GNU at bytes. */
const singleByteUnits = (): fc.Arbitrary<Uint8Array> =>
  arbitraryBytes().filter((bytes) => !new FileContent(bytes).encoding.startsWith('utf-16'))

test.skipIf(missing)(`newlineCount, wordCount() and byteLength equal GNU wc${where}`, () => {
  fc.assert(
    fc.property(arbitraryBytes(), (bytes) => {
      const content = new FileContent(bytes)
      const counted = [content.newlineCount, content.wordCount(), content.byteLength]
      expect(counted.join(' ')).toBe(gnu('wc', ['-lwc'], bytes).toString().trim().replaceAll(/\s+/g, ' '))
    }),
    { numRuns: 400 },
  )
})

test.skipIf(missing)(`head() equals GNU head${where}`, () => {
  fc.assert(
    fc.property(singleByteUnits(), fc.nat(30), (bytes, lines) => {
      expect(Buffer.from(new FileContent(bytes).head(lines))).toEqual(gnu('head', ['-n', String(lines)], bytes))
    }),
    { numRuns: 120 },
  )
})

test.skipIf(missing)(`tail() equals GNU tail${where}`, () => {
  fc.assert(
    fc.property(singleByteUnits(), fc.nat(30), (bytes, lines) => {
      expect(Buffer.from(new FileContent(bytes).tail(lines))).toEqual(gnu('tail', ['-n', String(lines)], bytes))
    }),
    { numRuns: 120 },
  )
})

test.skipIf(missing)(`sliceLines() equals GNU sed -n 'A,Bp'${where}`, () => {
  fc.assert(
    fc.property(singleByteUnits(), fc.integer({ min: 1, max: 40 }), fc.nat(20), (bytes, from, more) => {
      const sliced = Buffer.from(new FileContent(bytes).sliceLines(from, from + more))
      expect(sliced).toEqual(gnu('sed', ['-n', `${from},${from + more}p`], bytes))
    }),
    { numRuns: 120 },
  )
})

test('WordCounter counts the same wherever the chunks are cut', () => {
  fc.assert(
    fc.property(arbitraryBytes(), fc.array(fc.nat(5), { maxLength: 60 }), (bytes, lengths) => {
      const whole = new WordCounter()
      whole.add(bytes)
      const cut = new WordCounter()
      let offset = 0
      for (const length of lengths) {
        cut.add(bytes.subarray(offset, offset + length))
        offset += length
      }
      cut.add(bytes.subarray(offset))
      expect(cut.count).toBe(whole.count)
    }),
    { numRuns: 500 },
  )
})
