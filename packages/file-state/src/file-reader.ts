import { createHash } from 'node:crypto'
import type { DataRoot } from './data-root.js'
import type { FileSignature } from './file-signature.js'
import { readBytes, readPieces } from './read-bytes.js'
import { type Sandwich, readSandwich } from './sandwich.js'
import { pathError, translateError } from './system-error.js'
import type { FileOpener } from './nearby-files.js'
import type { OpenFile } from './open-file.js'

/** As `fs.readFile`: one byte less than 2 GiB, whatever the largest buffer of this Node is. */
const mostBytes = 2_147_483_647

/** How a file is read. */
export interface ReadOptions {
  /** Larger files are refused with FILE_TOO_LARGE; by default those from 2 GiB on. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal
  /** What opens the file; the root by default. */
  readonly opener?: FileOpener
}

/** What reading a file says about it besides its bytes. */
export interface ReadProof {
  readonly signature: FileSignature
  /** Wall-clock time before the reading, nanoseconds since the epoch. */
  readonly readStartedNs: bigint
  /** Whether the file was the same after the reading; if not, answer with the bytes and store nothing. */
  readonly stable: boolean
  /** Whether the signature cannot vouch for the bytes later; then compare hashes at the next use. */
  readonly racy: boolean
  /** Path relative to the root, without symbolic links. */
  readonly realPath: string
}

/** Bytes of a file, with what is needed to tell later whether they still are its bytes. */
export interface ReadResult extends ReadProof {
  readonly bytes: Uint8Array
}

/** The SHA-256 of a file's content in hexadecimal, with what is needed to tell later whether it still holds. */
export interface HashResult extends ReadProof {
  readonly contentHash: string
}

/** Reads files of a root between two looks at them. */
export class FileReader {
  readonly #root: DataRoot

  constructor(root: DataRoot) {
    this.#root = root
  }

  /** Reads a whole file. */
  async readFile(path: string, { maxBytes = mostBytes, signal, opener }: ReadOptions): Promise<ReadResult> {
    signal?.throwIfAborted()
    const read = async (file: OpenFile, { size }: FileSignature): Promise<Uint8Array> => {
      if (size > maxBytes) throw tooLarge(path, size, maxBytes)
      return readBytes(file.descriptor, { start: 0, length: Number(size) }, signal)
    }
    return this.#read(path, read, opener)
  }

  /** Reads part of a file of any size. */
  async readRange(path: string, range: { readonly start: number; readonly length: number }): Promise<ReadResult> {
    const { start, length } = range
    if (!isOffset(start)) throw new RangeError(`Cannot read from ${start}: start is not a byte offset`)
    if (!isOffset(length)) throw new RangeError(`Cannot read ${length} bytes: length is not a number of bytes`)
    return this.#read(path, async (file, { size }) => {
      const available = Math.max(0, Math.min(length, Number(size) - start))
      if (available > mostBytes) throw tooLarge(path, size, mostBytes)
      return readBytes(file.descriptor, { start, length: available })
    })
  }

  /** Hashes a file of any size without holding it in memory. */
  async hashFile(path: string, signal?: AbortSignal): Promise<HashResult> {
    signal?.throwIfAborted()
    const { bytes: contentHash, ...proof } = await this.#read(path, async (file, { size }) => {
      const hash = createHash('sha256')
      await readPieces(file.descriptor, (piece) => hash.update(piece), { length: Number(size), signal })
      return hash.digest('hex')
    })
    return { ...proof, contentHash }
  }

  async #read<Value>(
    path: string,
    read: (file: OpenFile, signature: FileSignature) => Promise<Value>,
    opener: FileOpener = this.#root,
  ): Promise<ReadProof & { readonly bytes: Value }> {
    using file = opener.open(path)
    const sandwich = await this.#sandwich(path, file, (signature) => read(file, signature))
    const { value, signature, readStartedNs, stable } = sandwich
    const racy = this.#root.isRacy(file.realPath, signature, readStartedNs)
    return { bytes: value, signature, readStartedNs, stable, racy, realPath: file.realPath }
  }

  async #sandwich<Value>(
    path: string,
    file: OpenFile,
    read: (signature: FileSignature) => Promise<Value>,
  ): Promise<Sandwich<Value>> {
    try {
      return await readSandwich(file, { read, nowNs: () => this.#root.nowNs() })
    } catch (error) {
      throw translateError(error, { action: 'read', path })
    }
  }
}

function isOffset(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function tooLarge(path: string, size: bigint, maxBytes: number): Error {
  return pathError('FILE_TOO_LARGE', { action: 'read', path }, `it has ${size} bytes, more than ${maxBytes}`)
}
