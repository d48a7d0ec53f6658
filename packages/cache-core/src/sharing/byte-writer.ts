import { frameHeaderBytes } from './protocol.js'

const firstCapacity = 256

/** Memory that is kept to write the next frames into, in bytes. */
const keptCapacity = 262_144

/** Puts frames together, one after the other in one piece of memory. */
export class ByteWriter {
  #buffer = Buffer.allocUnsafe(firstCapacity)
  #length = 0
  #frameStart = 0

  /** Bytes of the frames so far. */
  get length(): number {
    return this.#length
  }

  /** Begins a frame; what is written until {@link end} is its body. */
  begin(message: number, id: number): this {
    this.#reserve(frameHeaderBytes)
    this.#frameStart = this.#length
    this.#buffer[this.#length + 4] = message
    this.#buffer.writeUInt32LE(id, this.#length + 5)
    this.#length += frameHeaderBytes
    return this
  }

  /** Ends the frame. */
  end(): void {
    this.#buffer.writeUInt32LE(this.#length - this.#frameStart - 4, this.#frameStart)
  }

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

  /** The frames so far, as a view that holds until something is written. The next frame begins anew. */
  take(): Buffer {
    const frames = this.#buffer.subarray(0, this.#length)
    this.#length = 0
    return frames
  }

  /** Leaves what was taken to whoever has it, unless its memory is free to be written to again. */
  recycle(isFree: boolean): void {
    if (!isFree || this.#buffer.length > keptCapacity) this.#buffer = Buffer.allocUnsafe(firstCapacity)
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes
    if (needed <= this.#buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2))
    this.#buffer.copy(larger, 0, 0, this.#length)
    this.#buffer = larger
  }
}
