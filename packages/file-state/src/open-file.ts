import { closeSync } from 'node:fs'
import type { FileSignature } from './file-signature.js'

/** A regular file that was opened inside the root. Whoever opened it closes it. */
export class OpenFile implements Disposable {
  /** File descriptor, open for reading. */
  readonly descriptor: number
  /** What the descriptor's `fstat` said right after opening. */
  readonly signature: FileSignature
  /** Path relative to the root, without symbolic links. */
  readonly realPath: string
  #closed = false

  constructor(descriptor: number, signature: FileSignature, realPath: string) {
    this.descriptor = descriptor
    this.signature = signature
    this.realPath = realPath
  }

  /** Closes the descriptor, once. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    closeSync(this.descriptor)
  }

  [Symbol.dispose](): void {
    this.close()
  }
}
