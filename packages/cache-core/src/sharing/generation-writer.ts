import { constants, readSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { join } from 'node:path'
import { closeDescriptor } from '../close-descriptor.js'
import { hasCode } from '../error-code.js'
import { generationFile } from '../layout.js'
import { openOrReplaceSync } from '../open-or-replace-sync.js'
import { slotBytes, slotCount, slotOf, statisticsOffset, type SharedStatistics } from './generation-slots.js'
import type { Generation } from './reply.js'
import type { SharedCounters } from './shared-counters.js'

/** From here on writing all counters at once is cheaper than one by one. */
const manySlots = 32

/** What the owner of a store tells other processes with. */
export type Generations = Pick<GenerationWriter, keyof GenerationWriter>

/**
 * The owner's side of the generation file. Followers keep values in memory and compare the entry's counter on every
 * hit; the owner bumps it after a change is on disk and before it says so. Nobody can be told too late that way, not
 * even a process that was stopped meanwhile. As long as there was no follower, nothing needs to be written.
 */
export class GenerationWriter {
  readonly epoch: number
  readonly #descriptor: number
  readonly #counters = Buffer.alloc(slotCount * slotBytes)
  readonly #shared: SharedCounters | undefined
  #isShared = false
  #isClosed = false

  /**
   * Takes the file over: all counters get the new epoch, so that nothing that was kept under an earlier owner is
   * answered any more. Must be called by who holds the election's lock, or by its serving thread, before the first
   * change. The counters that threads share count along.
   */
  constructor(directory: string, knownEpoch: number, shared?: SharedCounters) {
    this.#shared = shared
    this.#descriptor = openOrReplaceSync(join(directory, generationFile), constants.O_RDWR | constants.O_CREAT)
    try {
      this.epoch = (Math.max(knownEpoch, this.#storedEpoch()) + 1) >>> 0
      for (let slot = 0; slot < slotCount; slot += 1) this.#counters.writeUInt32LE(this.epoch, slot * slotBytes + 4)
      this.#writeAll()
    } catch (error) {
      // It is tried again and again, and each attempt would leave a descriptor.
      this.close()
      throw error
    }
  }

  /** From now on there are followers: every change is to be written. */
  share(): void {
    this.#isShared = true
  }

  /** The state of an entry's counter now. */
  generationOf(address: string): Generation {
    return { count: this.#counters.readUInt32LE(slotOf(address) * slotBytes), epoch: this.epoch }
  }

  /** Ends what followers keep of these entries. */
  bump(addresses: readonly string[]): void {
    if (!this.#isShared || this.#isClosed || addresses.length === 0) return
    const slots = addresses.map(slotOf)
    for (const slot of slots) this.#increment(slot)
    if (slots.length >= manySlots) this.#writeAll()
    else
      for (const slot of slots)
        writeSync(this.#descriptor, this.#counters, slot * slotBytes, slotBytes, slot * slotBytes)
  }

  /** Ends everything that followers keep. */
  bumpAll(): void {
    if (!this.#isShared || this.#isClosed) return
    for (let slot = 0; slot < slotCount; slot += 1) this.#increment(slot)
    this.#writeAll()
  }

  /** Tells followers how much there is. */
  publish(describe: () => SharedStatistics): void {
    if (!this.#isShared || this.#isClosed) return
    const text = Buffer.from(JSON.stringify(describe()))
    const header = Buffer.alloc(8)
    header.writeUInt32LE(text.length)
    header.writeUInt32LE(crc32(text), 4)
    try {
      writeSync(this.#descriptor, Buffer.concat([header, text]), 0, 8 + text.length, statisticsOffset)
    } catch (error) {
      // Statistics are worth no failure: followers go on with the last ones.
      if (!hasCode(error)) throw error
    }
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    closeDescriptor(this.#descriptor)
  }

  #increment(slot: number): void {
    const offset = slot * slotBytes
    this.#counters.writeUInt32LE((this.#counters.readUInt32LE(offset) + 1) >>> 0, offset)
    this.#shared?.bump(slot)
  }

  #writeAll(): void {
    writeSync(this.#descriptor, this.#counters, 0, this.#counters.length, 0)
  }

  #storedEpoch(): number {
    const first = Buffer.alloc(slotBytes)
    readSync(this.#descriptor, first, 0, slotBytes, 0)
    return first.readUInt32LE(4)
  }
}
