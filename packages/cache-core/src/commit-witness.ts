import { constants, readSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { join } from 'node:path'
import { closeDescriptor } from './close-descriptor.js'
import { witnessFile } from './layout.js'
import { openOrReplaceSync } from './open-or-replace-sync.js'
import { thisMachine } from './sharing/owner-record.js'

/* 0 number of the last batch f64 | 8 CRC32 of the machine's present run u32 | 12 CRC32 of what is before u32 */
const length = 16
const bootOffset = 8
const checksumOffset = 12

/**
 * Knows, outside of the database, the last batch that was acknowledged. LevelDB takes a log whose end is missing, or a
 * log that is missing altogether, for one that was never written: overwritten and deleted values would come back.
 */
export class CommitWitness {
  readonly #descriptor: number
  readonly #record = Buffer.alloc(length)

  private constructor(descriptor: number) {
    this.#descriptor = descriptor
    this.#record.writeUInt32LE(presentRun(), bootOffset)
  }

  /** Opens the witness of a directory; whoever does must have the election's lock. */
  static open(directory: string): CommitWitness {
    return new CommitWitness(openOrReplaceSync(join(directory, witnessFile), constants.O_RDWR | constants.O_CREAT))
  }

  /**
   * Whether a database whose last batch has this number is one that has everything. A power failure may have taken the
   * last writes of a database and of this file in any order: nothing is asked of what was written before it.
   */
  confirms(batchNumber: number): boolean {
    if (batchNumber === 0) return true
    const known = Buffer.alloc(length)
    if (readSync(this.#descriptor, known, 0, length, 0) !== length) return false
    if (crc32(known.subarray(0, checksumOffset)) !== known.readUInt32LE(checksumOffset)) return false
    return known.readUInt32LE(bootOffset) !== presentRun() || known.readDoubleLE(0) <= batchNumber
  }

  /** Notes a batch that was written, before anybody is told. */
  note(batchNumber: number): void {
    this.#record.writeDoubleLE(batchNumber, 0)
    this.#record.writeUInt32LE(crc32(this.#record.subarray(0, checksumOffset)), checksumOffset)
    writeSync(this.#descriptor, this.#record, 0, length, 0)
  }

  close(): void {
    closeDescriptor(this.#descriptor)
  }
}

function presentRun(): number {
  const { host, boot } = thisMachine()
  return crc32(boot === '' ? host : boot)
}
