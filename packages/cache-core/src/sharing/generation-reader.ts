import { fstatSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { closeDescriptor } from '../close-descriptor.js'
import { hasCode } from '../error-code.js'
import { generationFile } from '../layout.js'
import { slotBytes, slotOf, statisticsOffset, type SharedStatistics } from './generation-slots.js'
import type { Generation } from './reply.js'

/** More than this is no statistics of ours. */
const longestStatisticsBytes = 1_048_576

/** A follower's side of the generation file. */
export class GenerationReader {
  readonly #path: string
  readonly #descriptor: number
  readonly #counter = Buffer.alloc(slotBytes)
  readonly #header = Buffer.alloc(8)
  #statistics: SharedStatistics = { entries: 0, bytes: 0, evictions: 0, namespaces: {} }
  #isClosed = false

  /** Throws when there is no such file. */
  constructor(directory: string) {
    this.#path = join(directory, generationFile)
    this.#descriptor = openSync(this.#path, 'r')
  }

  /** Whether the file was last taken over by the owner of this epoch. */
  isOf(epoch: number): boolean {
    return this.#read(this.#counter, 0) && this.#counter.readUInt32LE(4) === epoch
  }

  /** The state of an entry's counter now; `undefined` when it cannot be read. */
  generationOf(address: string): Generation | undefined {
    if (!this.#read(this.#counter, slotOf(address) * slotBytes)) return undefined
    return { count: this.#counter.readUInt32LE(0), epoch: this.#counter.readUInt32LE(4) }
  }

  /** Whether an entry is as it was then. */
  isCurrent(address: string, { count, epoch }: Generation): boolean {
    if (!this.#read(this.#counter, slotOf(address) * slotBytes)) return false
    return this.#counter.readUInt32LE(0) === count && this.#counter.readUInt32LE(4) === epoch
  }

  /** What the owner last wrote. */
  statistics(): SharedStatistics {
    // A read during a write does not check out; the next one does.
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const read = this.#readStatistics()
      if (read !== undefined) {
        this.#statistics = read
        break
      }
    }
    return this.#statistics
  }

  /** Whether the file is still the one in the directory. */
  isInPlace(): boolean {
    try {
      const [here, there] = [fstatSync(this.#descriptor, { bigint: true }), statSync(this.#path, { bigint: true })]
      return here.dev === there.dev && here.ino === there.ino
    } catch (error) {
      if (hasCode(error)) return false
      throw error
    }
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    closeDescriptor(this.#descriptor)
  }

  #readStatistics(): SharedStatistics | undefined {
    if (!this.#read(this.#header, statisticsOffset)) return undefined
    const length = this.#header.readUInt32LE()
    if (length === 0 || length > longestStatisticsBytes) return undefined
    const text = Buffer.alloc(length)
    if (!this.#read(text, statisticsOffset + 8) || crc32(text) !== this.#header.readUInt32LE(4)) return undefined
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the checksum vouches for what the owner wrote
    return JSON.parse(text.toString()) as SharedStatistics
  }

  #read(target: Buffer, position: number): boolean {
    if (this.#isClosed) return false
    try {
      return readSync(this.#descriptor, target, 0, target.length, position) === target.length
    } catch (error) {
      if (hasCode(error)) return false
      throw error
    }
  }
}
