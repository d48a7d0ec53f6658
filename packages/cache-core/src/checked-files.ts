import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs'

/** A file that has changed within that many milliseconds may change again without showing it (the oldest file systems stamp every two seconds). */
const settledAfter = 3000

/** Files remembered at a time. */
const mostKnown = 4096

/** A file as it was when its bytes were found to be what somebody says of them. */
interface CheckedFile {
  readonly claim: Buffer
  readonly stats: Stats
}

/** What is to be read, and how it is checked. */
export interface FileCheck {
  /** Under which the outcome is remembered. */
  readonly key: string
  /** What the file is checked against; another claim is checked anew. */
  readonly claim: Buffer
  readonly holds: (bytes: Buffer) => boolean
}

/**
 * Reads files and checks their bytes, once for as long as the file system says that a file is the same and unchanged:
 * to sum up a file takes longer than to read it. Whoever writes to a file changes its ctime, which no program can set.
 */
export class CheckedFiles {
  readonly #known = new Map<string, CheckedFile>()
  readonly #now: () => number

  /** `now` is the wall-clock time in milliseconds. */
  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** The bytes of a file, or `undefined` when they are not what the claim says. Throws as `readFileSync` does. */
  read(path: string, { key, claim, holds }: FileCheck): Buffer | undefined {
    const begun = this.#now()
    const { bytes, stats } = readWithStats(path)
    const known = this.#known.get(key)
    if (known !== undefined && known.claim.equals(claim) && isSameFile(known.stats, stats)) return bytes
    if (!holds(bytes)) return undefined
    if (stats.ctimeMs + settledAfter < begun) this.#remember(key, { claim: Buffer.from(claim), stats })
    return bytes
  }

  #remember(key: string, file: CheckedFile): void {
    if (this.#known.size >= mostKnown) this.#known.clear()
    this.#known.set(key, file)
  }
}

/** Looks at the file after the reading: what was written to it before shows. */
function readWithStats(path: string): { readonly bytes: Buffer; readonly stats: Stats } {
  const descriptor = openSync(path, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const bytes = Buffer.allocUnsafeSlow(size)
    let length = 0
    for (let read = -1; read !== 0 && length < size; length += read)
      read = readSync(descriptor, bytes, length, size - length, length)
    return { bytes: bytes.subarray(0, length), stats: fstatSync(descriptor) }
  } finally {
    closeSync(descriptor)
  }
}

function isSameFile(left: Stats, right: Stats): boolean {
  return (
    left.ino === right.ino &&
    left.dev === right.dev &&
    left.size === right.size &&
    left.ctimeMs === right.ctimeMs &&
    left.mtimeMs === right.mtimeMs
  )
}
