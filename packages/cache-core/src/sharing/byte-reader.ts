import { MalformedMessageError } from './protocol.js'

/** Takes a message apart. Every method throws {@link MalformedMessageError} when the message is too short. */
export class ByteReader {
  readonly #buffer: Buffer
  readonly #start: number
  readonly #end: number
  #offset: number

  /** Reads a part of a buffer; all of it unless said otherwise. */
  constructor(buffer: Buffer, start = 0, end = buffer.length) {
    this.#buffer = buffer
    this.#start = start
    this.#end = end
    this.#offset = start
  }

  /** Bytes of the whole message. */
  get length(): number {
    return this.#end - this.#start
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
    const length = this.u32()
    const start = this.#advance(length)
    return length === 0 ? '' : this.#buffer.toString('utf8', start, start + length)
  }

  /** A view of that many bytes. */
  bytes(count: number): Buffer {
    const start = this.#advance(count)
    return this.#buffer.subarray(start, start + count)
  }

  /** A view of all that is left. */
  rest(): Buffer {
    return this.bytes(this.#end - this.#offset)
  }

  #advance(count: number): number {
    const start = this.#offset
    if (start + count > this.#end) throw new MalformedMessageError('Cannot read message: it is too short')
    this.#offset = start + count
    return start
  }
}
