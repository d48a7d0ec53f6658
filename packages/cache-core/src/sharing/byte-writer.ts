import { frameHeaderBytes } from './protocol.js'

const firstCapacity = 256

/** Puts a message together; the header is filled in last. */
export class ByteWriter {
  #buffer = Buffer.allocUnsafe(firstCapacity)
  #length = frameHeaderBytes

  u8(value: number): this {
    this.#reserve(1)
    this.#length = this.#buffer.writeUInt8(value, this.#length)
    return this
  }

  u32(value: number): this {
    this.#reserve(4)
    this.#length = this.#buffer.writeUInt32LE(value, this.#length)
    return this
  }

  f64(value: number): this {
    this.#reserve(8)
    this.#length = this.#buffer.writeDoubleLE(value, this.#length)
    return this
  }

  /** A text in UTF-8, its length before it. */
  text(value: string): this {
    this.#reserve(4 + value.length * 3)
    const bytes = this.#buffer.write(value, this.#length + 4)
    this.#buffer.writeUInt32LE(bytes, this.#length)
    this.#length += 4 + bytes
    return this
  }

  bytes(value: Uint8Array): this {
    this.#reserve(value.length)
    this.#buffer.set(value, this.#length)
    this.#length += value.length
    return this
  }

  /** The frame. */
  frame(message: number, id: number): Buffer {
    this.#buffer.writeUInt32LE(this.#length - 4, 0)
    this.#buffer.writeUInt8(message, 4)
    this.#buffer.writeUInt32LE(id, 5)
    return this.#buffer.subarray(0, this.#length)
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes
    if (needed <= this.#buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2))
    this.#buffer.copy(larger, 0, 0, this.#length)
    this.#buffer = larger
  }
}
