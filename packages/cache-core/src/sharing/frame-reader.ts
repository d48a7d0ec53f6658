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
    const length = bytes.readUInt32LE()
    if (length > this.limit || length < frameHeaderBytes - 4)
      throw new MalformedMessageError(`Cannot read frame of ${length} bytes: the length is out of range`)
    this.#needed = 4 + length
    if (bytes.length < this.#needed) return undefined
    this.#keep(bytes.subarray(this.#needed))
    const body = new ByteReader(bytes.subarray(frameHeaderBytes, this.#needed))
    this.#needed = 4
    return { message: bytes.readUInt8(4), id: bytes.readUInt32LE(5), body }
  }

  #join(): Buffer {
    const [first] = this.#chunks
    const bytes = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks)
    this.#keep(bytes)
    return bytes
  }

  #keep(bytes: Buffer): void {
    this.#chunks = bytes.length === 0 ? [] : [bytes]
    this.#length = bytes.length
  }
}
