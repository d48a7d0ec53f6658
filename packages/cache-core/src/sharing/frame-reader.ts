import { ByteReader } from './byte-reader.js'
import { frameHeaderBytes, MalformedMessageError } from './protocol.js'

/** A message as it came. The body is a view of memory that holds other messages too. */
export interface Frame {
  readonly message: number
  readonly id: number
  readonly body: ByteReader
}

/** Cuts what comes from a socket into frames; keeps no more than was added. */
export class FrameReader {
  /** Bytes of a frame at most. */
  limit: number
  #chunks: Buffer[] = []
  /** Bytes of the first chunk that were handed out, bytes that were not, and bytes that the next frame takes. */
  #start = 0
  #length = 0
  #needed = 4

  constructor(limit: number) {
    this.limit = limit
  }

  /** Whether there is the beginning of a frame and not its end. */
  get isWaiting(): boolean {
    return this.#length > 0
  }

  /** Takes what came. */
  add(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#length += chunk.length
  }

  /**
   * The next frame, or `undefined` when its end has not come yet.
   *
   * @throws MalformedMessageError when it is longer than the limit or shorter than its header
   */
  next(): Frame | undefined {
    if (this.#length < this.#needed) return undefined
    const bytes = this.#join()
    const start = this.#start
    const length = bytes.readUInt32LE(start)
    if (length > this.limit || length < frameHeaderBytes - 4)
      throw new MalformedMessageError(`Cannot read frame of ${length} bytes: the length is out of range`)
    this.#needed = 4 + length
    if (this.#length < this.#needed) return undefined
    const end = start + this.#needed
    this.#skip(end)
    const body = new ByteReader(bytes, start + frameHeaderBytes, end)
    return { message: bytes.readUInt8(start + 4), id: bytes.readUInt32LE(start + 5), body }
  }

  /** What was not handed out, as one chunk. */
  #join(): Buffer {
    const [first] = this.#chunks
    if (this.#chunks.length === 1 && first !== undefined) return first
    const bytes = Buffer.concat(this.#chunks).subarray(this.#start)
    this.#chunks = [bytes]
    this.#start = 0
    return bytes
  }

  #skip(end: number): void {
    this.#length -= this.#needed
    this.#start = this.#length === 0 ? 0 : end
    this.#needed = 4
    if (this.#length === 0) this.#chunks = []
  }
}
