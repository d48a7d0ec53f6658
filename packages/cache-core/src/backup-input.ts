import { stat } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import {
  backupMagic,
  backupStartBytes,
  backupVersion,
  checksumBytes,
  decodeFrame,
  encodeChecksum,
  type BackupHead,
  type BackupTotals,
} from './backup-format.js'
import { BufferedFile } from './buffered-file.js'
import { CacheError } from './cache-error.js'
import { hasCode } from './error-code.js'
import { storageReason } from './level-database.js'
import { frameHeaderBytes } from './sharing/protocol.js'

/** Bytes read at once of a value that nobody wants. */
const chunkBytes = 1_048_576

/** An entry of a backup whose checksum is right. */
export interface BackedUpEntry {
  readonly head: BackupHead
  /** `undefined` when it was not wanted. */
  readonly value: Buffer | undefined
}

/** A backup that is read, as often as one likes, from its begin to its end. */
export class BackupInput implements AsyncDisposable {
  readonly #path: string
  readonly #file: BufferedFile

  private constructor(path: string, file: BufferedFile) {
    this.#path = path
    this.#file = file
  }

  /** Opens a backup. @throws CacheError `CACHE_BACKUP_UNREADABLE` or `CACHE_BACKUP_INVALID` */
  static async open(path: string): Promise<BackupInput> {
    return await explained(path, async () => {
      // Opening a pipe would wait for somebody to write to it.
      if (!(await stat(path)).isFile()) throw invalidError(path, 'it is no file')
      return new BackupInput(path, await BufferedFile.open(path))
    })
  }

  /**
   * Every entry in its order, each checked, the value with those that are wanted. Ends only when the end of the file
   * says that nothing is missing.
   *
   * @throws CacheError `CACHE_BACKUP_INVALID` or `CACHE_BACKUP_UNREADABLE`
   */
  async *entries(isWanted: (head: BackupHead) => boolean): AsyncGenerator<BackedUpEntry> {
    this.#file.rewind()
    await this.#readStart()
    const totals = { entries: 0, sizeBytes: 0, checksum: 0 }
    for (;;) {
      const frame = await this.#readFrame()
      const decoded = decodeFrame(frame)
      if (decoded === undefined) throw this.#damaged()
      if (decoded.type === 'end') return await this.#checkEnd(frame, decoded.totals, totals)
      const { head, index } = decoded
      const { value, checksum } = await this.#readValue(head.length, isWanted(head), crc32(frame))
      await this.#checkSum(checksum)
      if (index !== totals.entries) throw this.#damaged()
      yield { head, value }
      totals.entries += 1
      totals.sizeBytes += head.sizeBytes
      totals.checksum = crc32(encodeChecksum(checksum), totals.checksum)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close()
  }

  async #readStart(): Promise<void> {
    const start = await this.#read(Math.min(backupStartBytes, this.#file.length))
    if (!start.subarray(0, backupMagic.length).equals(backupMagic)) throw invalidError(this.#path, 'it is no backup')
    if (start.length < backupStartBytes) throw this.#truncated()
    const version = start.readUInt32LE(backupMagic.length)
    if (version !== backupVersion)
      throw invalidError(this.#path, `it has format ${version}, this version reads format ${backupVersion}`)
  }

  async #readFrame(): Promise<Buffer> {
    const header = await this.#read(frameHeaderBytes)
    const rest = header.readUInt32LE(0) + 4 - frameHeaderBytes
    if (rest < 0) throw this.#damaged()
    return Buffer.concat([header, await this.#read(rest)])
  }

  async #readValue(length: number, isWanted: boolean, checksum: number) {
    if (isWanted) {
      // A copy: the view would keep everything alive that was read with it.
      const value = Buffer.from(await this.#read(length))
      return { value, checksum: crc32(value, checksum) }
    }
    let sum = checksum
    for (let left = length; left > 0;) {
      const chunk = await this.#read(Math.min(left, chunkBytes))
      sum = crc32(chunk, sum)
      left -= chunk.length
    }
    return { value: undefined, checksum: sum }
  }

  async #checkEnd(frame: Buffer, said: BackupTotals, totals: BackupTotals): Promise<void> {
    await this.#checkSum(crc32(frame))
    const { entries, sizeBytes, checksum } = said
    const isRight = entries === totals.entries && sizeBytes === totals.sizeBytes && checksum === totals.checksum
    if (!isRight || this.#file.left > 0) throw this.#damaged()
  }

  async #checkSum(checksum: number): Promise<void> {
    const stored = await this.#read(checksumBytes)
    if (stored.readUInt32LE() !== checksum) throw this.#damaged()
  }

  async #read(length: number): Promise<Buffer> {
    if (length > this.#file.left) throw this.#truncated()
    const bytes = await explained(this.#path, () => this.#file.read(length))
    if (bytes.length < length) throw this.#truncated()
    return bytes
  }

  #damaged(): CacheError {
    return invalidError(this.#path, 'it is damaged')
  }

  #truncated(): CacheError {
    return invalidError(this.#path, 'its end is missing')
  }
}

function invalidError(path: string, reason: string): CacheError {
  return new CacheError('CACHE_BACKUP_INVALID', `Cannot restore backup "${path}": ${reason}`)
}

async function explained<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    if (error instanceof CacheError || !hasCode(error)) throw error
    const message = `Cannot read backup "${path}": ${storageReason(error)}`
    throw new CacheError('CACHE_BACKUP_UNREADABLE', message, { cause: error })
  }
}
