import { createHash } from 'node:crypto'
import { appendFileSync, renameSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { textOf } from './support.js'

const mebibyte = 1_048_576

test('readFile() gives the bytes as they are on disk with signature and real path', async () => {
  using directory = temporaryDirectory()
  const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0x0d, 0x0a, 0x00, 0xff])
  writeTree(directory.path, { 'sub/file': bytes, link: { link: 'sub/file' }, empty: '' })
  using root = await DataRoot.open(directory.path)
  const result = await root.readFile('link')
  expect(Buffer.from(result.bytes)).toEqual(bytes)
  expect(result).toMatchObject({ stable: true, realPath: 'sub/file' })
  expect(root.proveSync('sub/file', result.signature)).toBe(true)
  expect((await root.readFile('empty')).bytes).toHaveLength(0)
})

test('readFile() hands out bytes that own their memory', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { file: 'small' })
  using root = await DataRoot.open(directory.path)
  expect((await root.readFile('file')).bytes.buffer.byteLength).toBe(5)
})

test.each([mebibyte - 1, mebibyte, mebibyte + 1, 3 * mebibyte + 17])('readFile() reads %i bytes', async (size) => {
  using directory = temporaryDirectory()
  const bytes = Buffer.alloc(size, 'abcdefg')
  writeTree(directory.path, { file: bytes })
  using root = await DataRoot.open(directory.path)
  expect(Buffer.compare((await root.readFile('file')).bytes, bytes)).toBe(0)
  expect((await root.hashFile('file')).contentHash).toBe(createHash('sha256').update(bytes).digest('hex'))
})

test('readFile() refuses more than maxBytes and reads exactly as many', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { file: '12345' })
  using root = await DataRoot.open(directory.path)
  await expect(root.readFile('file', { maxBytes: 4 })).rejects.toMatchObject({
    code: 'FILE_TOO_LARGE',
    message: 'Cannot read "file": it has 5 bytes, more than 4',
  })
  expect(textOf(await root.readFile('file', { maxBytes: 5 }))).toBe('12345')
})

test('a sparse file of 10 GB is refused whole and read in part', async () => {
  using directory = temporaryDirectory()
  writeFileSync(directory.join('sparse'), 'start')
  truncateSync(directory.join('sparse'), 10_000_000_000)
  using root = await DataRoot.open(directory.path)
  await expect(root.readFile('sparse')).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' })
  expect(textOf(await root.readRange('sparse', 0, 5))).toBe('start')
  expect((await root.readRange('sparse', 9_999_999_990, 100)).bytes).toHaveLength(10)
})

test('readRange() stops at the end of the file and refuses what is no offset', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { file: '0123456789' })
  using root = await DataRoot.open(directory.path)
  expect(textOf(await root.readRange('file', 3, 4))).toBe('3456')
  expect(textOf(await root.readRange('file', 8, 100))).toBe('89')
  expect(textOf(await root.readRange('file', 10, 1))).toBe('')
  expect(textOf(await root.readRange('file', 50, 1))).toBe('')
  await expect(root.readRange('file', -1, 4)).rejects.toThrow(RangeError)
  await expect(root.readRange('file', 0, Number.NaN)).rejects.toThrow(RangeError)
})

test('reading ends with the reason of an aborted signal, also halfway', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { file: Buffer.alloc(8 * mebibyte) })
  using root = await DataRoot.open(directory.path)
  const reason = new Error('enough')
  await expect(root.readFile('file', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  const controller = new AbortController()
  const { signal } = controller
  const outcomes = Promise.allSettled([root.readFile('file', { signal }), root.hashFile('file', { signal })])
  controller.abort(reason)
  expect(await outcomes).toEqual([
    { status: 'rejected', reason },
    { status: 'rejected', reason },
  ])
})

test('readFile() of a file that grows all the time ends, unstable, with no more than was there at a look', async () => {
  using directory = temporaryDirectory()
  const file = directory.join('log')
  writeFileSync(file, Buffer.alloc(2 * mebibyte, 'x'))
  using root = await DataRoot.open(directory.path)
  const reader = { ended: false }
  const growing = growUntilEnded(file, reader)
  const result = await root.readFile('log')
  reader.ended = true
  await growing
  expect(result.stable).toBe(false)
  expect(BigInt(result.bytes.length)).toBe(result.signature.size)
  expect(result.bytes.length).toBeLessThan(statSync(file).size)
})

test('readFile() of a file that is cut while it is read answers with what is left', async () => {
  using directory = temporaryDirectory()
  const file = directory.join('log')
  writeFileSync(file, Buffer.alloc(8 * mebibyte, 'x'))
  using root = await DataRoot.open(directory.path)
  const reading = root.readFile('log')
  truncateSync(file, 10)
  const result = await reading
  expect({ stable: result.stable, text: textOf(result) }).toEqual({ stable: true, text: 'xxxxxxxxxx' })
})

test('readFile() of a file that is replaced while it is read never mixes the two', async () => {
  using directory = temporaryDirectory()
  const file = directory.join('file')
  writeFileSync(file, Buffer.alloc(4 * mebibyte, 'a'))
  writeFileSync(directory.join('next'), Buffer.alloc(4 * mebibyte, 'b'))
  using root = await DataRoot.open(directory.path)
  const reading = root.readFile('file')
  renameSync(directory.join('next'), file)
  const { bytes, signature } = await reading
  expect(new Set(bytes)).toEqual(new Set([0x61]))
  expect(root.proveSync('file', signature)).toBe(false)
})

async function growUntilEnded(file: string, reader: { readonly ended: boolean }): Promise<void> {
  for (;;) {
    if (reader.ended) return
    appendFileSync(file, 'y'.repeat(1_000))
    await setImmediate()
  }
}
