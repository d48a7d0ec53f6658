import { expect, test } from 'vitest'
import { copyBytes } from '../src/copied-bytes.js'

const lengths = [0, 1, 64, 65, 1000, 1024, 4095, 4096, 4097, 20_000]

test('copyBytes() gives each caller bytes of his own, of any length, where any number may begin', () => {
  const rounds = Array.from({ length: 40 }, (_, round) => round)
  const copies = rounds.flatMap((round) =>
    lengths.map((length) => ({ round, length, copy: copyBytes(Buffer.alloc(length, round)) })),
  )
  for (const { round, length, copy } of copies) {
    expect([copy.length, copy.findIndex((byte) => byte !== round)]).toEqual([length, -1])
    expect(copy.byteOffset % 8).toBe(0)
    copy.fill(255)
  }
})

test('copyBytes() goes on, and leaves other copies as they are, when somebody transfers the memory of one', () => {
  const [first, second] = [copyBytes(Buffer.alloc(100, 1)), copyBytes(Buffer.alloc(100, 2))]
  try {
    structuredClone(first, { transfer: [first.buffer] })
  } catch (error) {
    // Later versions of Node refuse, this one copies instead.
    expect(error).toMatchObject({ name: 'DataCloneError' })
  }
  expect([first, second]).toStrictEqual([new Uint8Array(100).fill(1), new Uint8Array(100).fill(2)])
  expect(copyBytes(Buffer.alloc(100, 3))).toStrictEqual(new Uint8Array(100).fill(3))
})
