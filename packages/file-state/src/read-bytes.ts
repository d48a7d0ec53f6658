import { read, readSync } from 'node:fs'

/** Up to this many bytes are read at once, on the calling thread: quicker than a trip to the thread pool. */
const synchronousBytes = 1_048_576
/** Bytes per step of a longer read, done by the thread pool so that the event loop goes on. */
const chunkBytes = 1_048_576

/** Which bytes of a descriptor to read. */
export interface ByteRange {
  readonly start: number
  readonly length: number
}

/**
 * Reads a range of an open file; the answer is shorter when the file ends earlier.
 *
 * @throws the signal's reason once it is aborted
 */
export async function readBytes(descriptor: number, range: ByteRange, signal?: AbortSignal): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(range.length)
  const fill = range.length <= synchronousBytes ? fillNow(descriptor, bytes, range.start) : undefined
  const filled = fill ?? (await fillInSteps(descriptor, bytes, { start: range.start, signal }))
  return filled === range.length ? bytes : Uint8Array.prototype.slice.call(bytes, 0, filled)
}

/**
 * Hands a file to `consume` in order and in pieces, so that it never has to fit into memory.
 *
 * The piece is overwritten by the next one.
 */
export async function readPieces(
  descriptor: number,
  consume: (piece: Uint8Array) => void,
  options: { readonly length: number; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const buffer = Buffer.allocUnsafeSlow(Math.max(1, Math.min(chunkBytes, options.length)))
  for (let position = 0; position < options.length;) {
    options.signal?.throwIfAborted()
    const wanted = buffer.subarray(0, Math.min(buffer.length, options.length - position))
    const count =
      options.length <= synchronousBytes
        ? readSync(descriptor, wanted, 0, wanted.length, position)
        : await readPooled(descriptor, wanted, position)
    if (count === 0) return
    consume(wanted.subarray(0, count))
    position += count
  }
}

function fillNow(descriptor: number, bytes: Buffer, start: number): number {
  let filled = 0
  while (filled < bytes.length) {
    const count = readSync(descriptor, bytes, filled, bytes.length - filled, start + filled)
    if (count === 0) break
    filled += count
  }
  return filled
}

async function fillInSteps(
  descriptor: number,
  bytes: Buffer,
  options: { readonly start: number; readonly signal: AbortSignal | undefined },
): Promise<number> {
  let filled = 0
  while (filled < bytes.length) {
    options.signal?.throwIfAborted()
    const piece = bytes.subarray(filled, Math.min(bytes.length, filled + chunkBytes))
    const count = await readPooled(descriptor, piece, options.start + filled)
    if (count === 0) break
    filled += count
  }
  return filled
}

function readPooled(descriptor: number, piece: Buffer, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(descriptor, piece, 0, piece.length, position, (error, count) => {
      if (error === null) resolve(count)
      else reject(error)
    })
  })
}
