import { closeSync, openSync, writeFileSync } from 'node:fs'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { readBytes, readPieces } from '../src/read-bytes.js'

const mebibyte = 1_048_576

test.each([10, 2 * mebibyte])('readBytes() of %i bytes from a shorter file gives what is there', async (length) => {
  using directory = temporaryDirectory()
  writeFileSync(directory.join('file'), 'short')
  const descriptor = openSync(directory.join('file'), 'r')
  try {
    const bytes = await readBytes(descriptor, { start: 1, length })
    expect(Buffer.from(bytes).toString()).toBe('hort')
  } finally {
    closeSync(descriptor)
  }
})

test.each([3, 3 * mebibyte])('readPieces() of %i bytes stops at the end of the file', async (length) => {
  using directory = temporaryDirectory()
  writeFileSync(directory.join('file'), 'xy')
  const descriptor = openSync(directory.join('file'), 'r')
  const pieces: string[] = []
  try {
    await readPieces(descriptor, (piece) => pieces.push(Buffer.from(piece).toString()), { length })
    expect(pieces).toEqual(['xy'])
  } finally {
    closeSync(descriptor)
  }
})
