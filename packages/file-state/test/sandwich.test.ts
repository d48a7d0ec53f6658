import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { readSandwich } from '../src/sandwich.js'

test.each([
  [0, 1, true],
  [1, 2, true],
  [2, 3, true],
  [3, 3, false],
  [9, 3, false],
])('readSandwich() of a file that changes during %i readings reads %i times', async (changes, attempts, stable) => {
  using directory = temporaryDirectory()
  const path = directory.join('file')
  writeFileSync(path, 'first')
  using root = await DataRoot.open(directory.path)
  using file = root.open('file')
  let readings = 0
  const result = await readSandwich(file, {
    nowNs: () => BigInt(readings),
    read: () => {
      const text = readFileSync(path, 'utf8')
      readings += 1
      if (readings <= changes) writeFileSync(path, `longer by ${'x'.repeat(readings)}`)
      return text
    },
  })
  expect({ readings, stable: result.stable }).toEqual({ readings: attempts, stable })
  expect(result.readStartedNs).toBe(BigInt(attempts - 1))
  expect(BigInt(result.value.length)).toBe(result.signature.size)
})

test('readSandwich() notices a change that put size and mtime back', async () => {
  using directory = temporaryDirectory()
  const path = directory.join('file')
  writeFileSync(path, 'first')
  utimesSync(path, 1, 1)
  using root = await DataRoot.open(directory.path)
  using file = root.open('file')
  let readings = 0
  const { value, stable } = await readSandwich(file, {
    nowNs: () => 0n,
    read: async () => {
      const text = readFileSync(path, 'utf8')
      readings += 1
      if (readings === 1) await rewriteUntilSeen(path, file.signature.ctimeNs, root)
      return text
    },
  })
  expect({ value, stable, readings }).toEqual({ value: 'other', stable: true, readings: 2 })
})

/** Rewrites until the kernel's clock has moved on, as it has for any reader that is not racy. */
async function rewriteUntilSeen(path: string, ctimeNs: bigint, root: DataRoot): Promise<void> {
  do {
    writeFileSync(path, 'other')
    utimesSync(path, 1, 1)
  } while (root.signatureSync('file')?.ctimeNs === ctimeNs)
}
