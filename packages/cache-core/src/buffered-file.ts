import { open, type FileHandle } from 'node:fs/promises'

/** Bytes read ahead: many small reads become one. */
const chunkBytes = 1_048_576

/** A file that is read from its begin to its end. */
export class BufferedFile {
  readonly length: number
  readonly #handle: FileHandle
  #chunk = Buffer.alloc(0)
  /** Where the chunk ends in the file, and how much of the chunk was taken. */
  #position = 0
  #taken = 0

  private constructor(handle: FileHandle, length: number) {
    this.#handle = handle
    this.length = length
  }

  static async open(path: string): Promise<BufferedFile> {
    const handle = await open(path, 'r')
    try {
      const { size } = await handle.stat()
      return new BufferedFile(handle, size)
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  /** Bytes that were not read yet. */
  get left(): number {
    return this.length - this.#position + this.#chunk.length - this.#taken
  }

  /** Begins anew. */
  rewind(): void {
    this.#chunk = Buffer.alloc(0)
    this.#position = 0
    this.#taken = 0
  }

  /** The next bytes, as many as there are up to that many; a view of memory that is used for other bytes too. */
  async read(length: number): Promise<Buffer> {
    if (this.#chunk.length - this.#taken < length) await this.#fill(length)
    const bytes = this.#chunk.subarray(this.#taken, this.#taken + length)
    this.#taken += bytes.length
    return bytes
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }

  async #fill(length: number): Promise<void> {
    const rest = this.#chunk.subarray(this.#taken)
    const chunk = Buffer.allocUnsafe(Math.min(Math.max(length, chunkBytes), this.left))
    let filled = rest.copy(chunk)
    while (filled < chunk.length) {
      const { bytesRead } = await this.#handle.read(chunk, filled, chunk.length - filled, this.#position)
      if (bytesRead === 0) break
      filled += bytesRead
      this.#position += bytesRead
    }
    this.#chunk = chunk.subarray(0, filled)
    this.#taken = 0
  }
}
