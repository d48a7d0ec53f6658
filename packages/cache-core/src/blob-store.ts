import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Blobs } from './blobs.js'
import { CheckedFiles, type FileCheck } from './checked-files.js'
import { hasCode } from './error-code.js'
import { makeDirectory } from './make-directory.js'
import { replaceFile } from './replace-file.js'

/** Values of this many bytes and more are files: LevelDB writes them at 49 MB/s with stalls, files take 236 MB/s. */
export const blobThresholdBytes = 65_536

/** What a temporary file's name ends with until it is complete. */
export const unfinishedSuffix = '.unfinished'

/** What the file system says of a path that leads nowhere. */
const notThere = ['ENOENT', 'ENOTDIR', 'ELOOP']

/** What it says of this process, and not of the file: out of descriptors or memory, or without the right. */
const notNow = ['EMFILE', 'ENFILE', 'ENOMEM', 'EACCES', 'EPERM']

/** What became of a write or a removal. */
interface BlobOutcome {
  /** The error when the file system refused. */
  readonly failure: unknown
}

/** A file that stays until the hold is released. */
export interface HeldBlob {
  readonly name: string
  /** Resolves when the file is complete or has failed; never rejects. */
  readonly outcome: Promise<BlobOutcome>
}

/**
 * Large values as files named by their SHA-256, so that equal values are one file. How many entries use a file is
 * counted in the database; a file that a waiting write is about to use is held here meanwhile.
 */
export class BlobStore implements Blobs {
  readonly directory: string
  readonly #isReferenced: (name: string) => boolean
  readonly #checked = new CheckedFiles()
  readonly #holds = new Map<string, number>()
  readonly #busy = new Map<string, Promise<BlobOutcome>>()
  readonly #deferred = new Set<string>()
  #keepers = 0

  constructor(directory: string, isReferenced: (name: string) => boolean) {
    this.directory = directory
    this.#isReferenced = isReferenced
  }

  takes(bytes: number): boolean {
    return bytes >= blobThresholdBytes
  }

  /** Begins to write a value, if it has no file yet, and holds the file until {@link release}. */
  hold(value: Buffer, name: string = blobNameOf(value)): HeldBlob {
    this.#holds.set(name, (this.#holds.get(name) ?? 0) + 1)
    return { name, outcome: this.#exclusively(name, () => this.#write(name, value)) }
  }

  /** Writes a value to its file, whatever is there. */
  async overwrite(name: string, value: Buffer): Promise<BlobOutcome> {
    return await this.#exclusively(name, () => this.#create(this.#path(name), value))
  }

  /** Ends a hold; the file goes when no entry uses it. */
  release(name: string): void {
    const holds = (this.#holds.get(name) ?? 1) - 1
    if (holds > 0) this.#holds.set(name, holds)
    else this.#holds.delete(name)
    this.collect(name)
  }

  /** The bytes of a file, or `undefined` when it is missing or cannot be read. */
  readSync(name: string): Buffer | undefined {
    try {
      return readFileSync(this.#path(name))
    } catch (error) {
      if (hasCode(error)) return undefined
      throw error
    }
  }

  readChecked(name: string, check: FileCheck): Buffer | 'unreadable' | undefined {
    try {
      return this.#checked.read(this.#path(name), check)
    } catch (error) {
      return unreadReason(error)
    }
  }

  async read(name: string): Promise<Buffer | 'unreadable' | undefined> {
    try {
      return await readFile(this.#path(name))
    } catch (error) {
      return unreadReason(error)
    }
  }

  /** Removes the file unless an entry or a waiting write uses it. What cannot be removed is left to the sweep. */
  collect(name: string): void {
    if (this.isUsed(name)) return
    void this.#exclusively(name, async () => {
      if (this.isUsed(name)) return
      if (this.#keepers > 0) this.#deferred.add(name)
      else await rm(this.#path(name), { force: true })
    })
  }

  /** Lets no file go that an entry uses now, until the function that it answers is called. */
  keepAll(): () => void {
    this.#keepers += 1
    return () => {
      this.#keepers -= 1
      if (this.#keepers > 0) return
      const names = [...this.#deferred]
      this.#deferred.clear()
      for (const name of names) this.collect(name)
    }
  }

  /** Removes a file whose content is not what its name says, so that it can be written anew. */
  discardDamaged(name: string): void {
    void this.#exclusively(name, async () => {
      // A write that waits to be acknowledged has looked at the file, and written it anew where that was needed.
      if (!this.#holds.has(name)) await rm(this.#path(name), { force: true })
    })
  }

  /** Whether an entry or a waiting write uses the file. */
  isUsed(name: string): boolean {
    return this.#holds.has(name) || this.#isReferenced(name)
  }

  /** Resolves when nothing is being written or removed. */
  async settled(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy.values())
  }

  async #write(name: string, value: Buffer): Promise<void> {
    const path = this.#path(name)
    // Most values are new. To ask for the file at once takes a tenth of what asking in another thread takes.
    if (!existsSync(path) || !(await hasContent(path, value))) await this.#create(path, value)
  }

  async #create(path: string, value: Buffer): Promise<void> {
    const unfinished = `${path}.${randomBytes(6).toString('hex')}${unfinishedSuffix}`
    try {
      await this.#fill(unfinished, value)
      await replaceFile(unfinished, path)
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
  }

  async #fill(path: string, value: Buffer): Promise<void> {
    const options = { mode: 0o600, flag: 'wx' }
    try {
      await writeFile(path, value, options)
    } catch (error) {
      if (!hasCode(error, ...notThere)) throw error
      await this.#makeFolder(dirname(path))
      await writeFile(path, value, options)
    }
  }

  async #makeFolder(folder: string): Promise<void> {
    try {
      await makeDirectory(folder)
    } catch (error) {
      if (!hasCode(error, 'EEXIST', 'ENOTDIR')) throw error
      for (const path of [this.directory, folder]) if (!(await isDirectory(path))) await rm(path, { force: true })
      await makeDirectory(folder)
    }
  }

  /** One write or removal of a name at a time: a file must not vanish between a write's look and its use. */
  #exclusively(name: string, action: () => Promise<void>): Promise<BlobOutcome> {
    const current = after(this.#busy.get(name), action)
    this.#busy.set(name, current)
    return current.finally(() => {
      if (this.#busy.get(name) === current) this.#busy.delete(name)
    })
  }

  #path(name: string): string {
    return join(this.directory, name.slice(0, 2), name)
  }
}

/** A file that cannot be read now may be whole, and must not be taken for a damaged one, which is removed. */
function unreadReason(error: unknown): 'unreadable' | undefined {
  if (!hasCode(error)) throw error
  return hasCode(error, ...notNow) ? 'unreadable' : undefined
}

/** What the file of a value is called. */
function blobNameOf(value: Buffer): string {
  return createHash('sha256').update(value).digest('hex')
}

async function after(previous: Promise<BlobOutcome> | undefined, action: () => Promise<void>): Promise<BlobOutcome> {
  await previous
  try {
    await action()
    return { failure: undefined }
  } catch (failure) {
    return { failure }
  }
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (hasCode(error, ...notThere)) return false
    throw error
  }
}

/** A file of ours may have been changed since it was written, and then the value must not rely on it. */
async function hasContent(path: string, value: Buffer): Promise<boolean> {
  try {
    return (await stat(path)).size === value.length && value.equals(await readFile(path))
  } catch (error) {
    // Missing, or unreadable by now: it is written anew.
    if (hasCode(error)) return false
    throw error
  }
}
