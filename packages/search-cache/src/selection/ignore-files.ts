import { readSync } from 'node:fs'
import { FileStateError, sameSignature, type DataRoot, type FileSignature } from '@fsagent/file-state'
import { parseIgnoreFile, type IgnoreRule } from './ignore-file.js'

/** What an ignore file says, and whether its signature proves that it still says so at the next use. */
export interface LoadedRules {
  readonly rules: readonly IgnoreRule[]
  readonly proven: boolean
}

const SIZE_LIMIT_BYTES = 1024 * 1024
const REMEMBERED_FILES = 10_000

/** Reads ignore files through the root and remembers those whose signature tells when they change. */
export class IgnoreFiles {
  readonly #root: DataRoot
  readonly #known = new Map<string, { readonly signature: FileSignature; readonly rules: readonly IgnoreRule[] }>()

  constructor(root: DataRoot) {
    this.#root = root
  }

  /**
   * The rules of a regular file. One that cannot be read, or is larger than 1 MiB, has none.
   *
   * @param startedNs wall-clock time before the file was looked at, nanoseconds since the epoch
   */
  load(path: string, signature: FileSignature, startedNs: bigint): LoadedRules {
    const known = this.#known.get(path)
    if (known !== undefined && sameSignature(known.signature, signature)) return { rules: known.rules, proven: true }
    const read = this.#read(path)
    if (read === undefined) return { rules: [], proven: true }
    const rules = parseIgnoreFile(read.text)
    const proven = sameSignature(read.signature, signature) && !this.#root.isRacy(path, signature, startedNs)
    if (proven) this.#remember(path, { signature, rules })
    return { rules, proven }
  }

  #read(path: string): { readonly text: string; readonly signature: FileSignature } | undefined {
    try {
      using file = this.#root.open(path)
      if (file.signature.size > SIZE_LIMIT_BYTES) return undefined
      const buffer = Buffer.allocUnsafe(SIZE_LIMIT_BYTES)
      const length = readSync(file.descriptor, buffer, 0, SIZE_LIMIT_BYTES, 0)
      return { text: buffer.toString('utf8', 0, length), signature: file.signature }
    } catch (error) {
      // It vanished, is not a regular file any more, or may not be read: then it rules nothing.
      if (error instanceof FileStateError) return undefined
      throw error
    }
  }

  #remember(path: string, value: { readonly signature: FileSignature; readonly rules: readonly IgnoreRule[] }): void {
    if (this.#known.size >= REMEMBERED_FILES) this.#known.clear()
    this.#known.set(path, value)
  }
}
