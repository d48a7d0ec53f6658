import { randomBytes } from 'node:crypto'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { removeAbandoned } from './abandoned-backups.js'
import { unfinishedSuffix } from './blob-store.js'
import { CacheError } from './cache-error.js'
import { hasCode } from './error-code.js'
import { storageReason } from './level-database.js'

/** Bytes that are written at once. */
const chunkBytes = 1_048_576

/** A file that is there whole or not at all: it gets its name when everything is written. */
export class BackupOutput {
  readonly #target: string
  readonly #unfinished: string
  readonly #handle: FileHandle
  #waiting: Buffer[] = []
  #waitingBytes = 0
  #bytes = 0

  private constructor(target: string, unfinished: string, handle: FileHandle) {
    this.#target = target
    this.#unfinished = unfinished
    this.#handle = handle
  }

  /** Begins a file beside its target. @throws CacheError `CACHE_BACKUP_FAILED` */
  static async create(target: string): Promise<BackupOutput> {
    const unfinished = `${target}.${randomBytes(6).toString('hex')}${unfinishedSuffix}`
    const handle = await explained(target, () => open(unfinished, 'wx', 0o600))
    await removeAbandoned(target, unfinished)
    return new BackupOutput(target, unfinished, handle)
  }

  /** Bytes given until now. */
  get bytes(): number {
    return this.#bytes
  }

  /** Adds bytes, which must not change any more. @throws CacheError `CACHE_BACKUP_FAILED` */
  async add(...chunks: readonly Buffer[]): Promise<void> {
    for (const chunk of chunks) {
      this.#waiting.push(chunk)
      this.#waitingBytes += chunk.length
      this.#bytes += chunk.length
    }
    if (this.#waitingBytes >= chunkBytes) await explained(this.#target, () => this.#flush())
  }

  /** Ends the file and gives it its name, in place of one that is there. @throws CacheError `CACHE_BACKUP_FAILED` */
  async finish(): Promise<void> {
    await explained(this.#target, async () => {
      await this.#flush()
      await this.#handle.sync()
      await this.#handle.close()
      await rename(this.#unfinished, this.#target)
    })
  }

  /** Removes what was written. */
  async discard(): Promise<void> {
    try {
      await this.#handle.close()
      await rm(this.#unfinished, { force: true })
    } catch (error) {
      // Why there is no backup was said already.
      if (!hasCode(error)) throw error
    }
  }

  async #flush(): Promise<void> {
    const chunks = this.#waiting
    this.#waiting = []
    this.#waitingBytes = 0
    for (let bytes = Buffer.concat(chunks); bytes.length > 0;) {
      const { bytesWritten } = await this.#handle.write(bytes)
      bytes = bytes.subarray(bytesWritten)
    }
  }
}

async function explained<T>(target: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    if (!hasCode(error)) throw error
    const message = `Cannot write backup "${target}": ${storageReason(error)}`
    throw new CacheError('CACHE_BACKUP_FAILED', message, { cause: error })
  }
}
