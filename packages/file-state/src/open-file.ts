import { closeSync, constants, fstatSync, openSync } from 'node:fs'
import { encodePath } from './file-name.js'
import { type FileSignature, sameSignature, signatureOf } from './file-signature.js'
import { orUndefined } from './system-error.js'

/** A known regular file is meant, but by now it could be a FIFO, or a link. */
const plainFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY

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

/** Opens what an absolute path leads to if it is the very file that a signature was taken of. */
export function openKnown(path: string, realPath: string, signature: FileSignature): OpenFile | undefined {
  const descriptor = orUndefined(() => openSync(encodePath(path), plainFlags))
  if (descriptor === undefined) return undefined
  const file = new OpenFile(descriptor, signatureOf(fstatSync(descriptor, { bigint: true })), realPath)
  if (sameSignature(file.signature, signature)) return file
  file.close()
  return undefined
}
