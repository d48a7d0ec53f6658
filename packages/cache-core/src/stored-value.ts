import { decodeValue, valueKinds, type ValueKind } from './value-codec.js'

/** When an entry was set and when it ends: milliseconds since the epoch, `expiresAt` 0 for never. */
export interface EntryTimes {
  readonly createdAt: number
  readonly expiresAt: number
}

/**
 * Whether an entry may be answered at a time. One from the future was written before the clock was set back: nobody
 * knows how old it is, so it counts as expired.
 */
export function isLive(times: EntryTimes, now: number): boolean {
  return times.createdAt <= now && (times.expiresAt === 0 || now < times.expiresAt)
}

/**
 * A value in memory, decoded when it is first read. It is made from the stored bytes and not from what the caller
 * handed in, so that memory and disk give the same answer and a caller's later changes reach neither.
 */
export class StoredValue implements EntryTimes {
  readonly createdAt: number
  readonly expiresAt: number
  readonly #kind: ValueKind
  #bytes: Buffer | undefined
  #decoded: unknown = undefined
  #isReleased = false
  /** What the entry's shared counter was when the value was read; 0 while nobody but this thread writes. */
  count = 0
  /** Estimate of the memory taken, in bytes; decoded objects take about twice their stored form. */
  readonly memoryBytes: number

  constructor(kind: ValueKind, bytes: Buffer, times: EntryTimes) {
    this.#kind = kind
    this.#bytes = bytes
    this.createdAt = times.createdAt
    this.expiresAt = times.expiresAt
    this.memoryBytes = kind === valueKinds.structured ? bytes.length * 2 : bytes.length
  }

  /** Makes sure that {@link read} gives a value. Throws when the bytes are not a value, which only structured ones can. */
  decode(): void {
    if (this.#kind === valueKinds.structured) this.read()
  }

  /** Says that nobody else keeps this object: bytes need not be copied for the one who reads them. */
  release(): void {
    this.#isReleased = true
  }

  /** The value; bytes are a copy, unless this object was released. Throws when the bytes are not a value. */
  read(): unknown {
    if (this.#bytes === undefined) return this.#decoded
    if (this.#isReleased && this.#kind === valueKinds.bytes)
      return new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length)
    const value = decodeValue(this.#kind, this.#bytes)
    if (this.#kind === valueKinds.bytes) return value
    this.#decoded = value
    this.#bytes = undefined
    return value
  }
}
