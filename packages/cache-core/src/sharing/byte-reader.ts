import { MalformedMessageError } from './protocol.js'

/** Takes a message apart. Every method throws {@link MalformedMessageError} when the message is too short. */
export class ByteReader {
  readonly #buffer: Buffer
  #offset = 0

  constructor(buffer: Buffer) {
    this.#buffer = buffer
  }

  /** Bytes of the whole message. */
  get length(): number {
    return this.#buffer.length
  }

  u8(): number {
    return this.#buffer.readUInt8(this.#advance(1))
  }

  u32(): number {
    return this.#buffer.readUInt32LE(this.#advance(4))
  }

  f64(): number {
    return this.#buffer.readDoubleLE(this.#advance(8))
  }

  text(): string {
    return this.bytes(this.u32()).toString()
  }

  /** A view of that many bytes. */
  bytes(count: number): Buffer {
    const start = this.#advance(count)
    return this.#buffer.subarray(start, start + count)
  }

  /** A view of all that is left. */
  rest(): Buffer {
    return this.bytes(this.#buffer.length - this.#offset)
  }

  #advance(count: number): number {
    const start = this.#offset
    if (start + count > this.#buffer.length) throw new MalformedMessageError('Cannot read message: it is too short')
    this.#offset = start + count
    return start
  }
}
