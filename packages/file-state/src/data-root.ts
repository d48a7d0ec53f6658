import { type BigIntStats, fstatSync, lstatSync, statSync } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { type Clock, systemClock } from '@fsagent/cache-core'
import { ConfinedProof } from './confined-proof.js'
import { type DirectoryEntry, listDirectory } from './directory-entry.js'
import { encodePath } from './file-name.js'
import { type FileSignature, sameSignature, signatureOf } from './file-signature.js'
import { FileStateError } from './file-state-error.js'
import type { Foothold } from './foothold.js'
import { NearbyFiles } from './nearby-files.js'
import { OpenFile, openKnown } from './open-file.js'
import { FileReader, type HashResult, type ReadOptions, type ReadResult } from './file-reader.js'
import { type PathStat, pathStat } from './path-stat.js'
import { RootAccess, translateRootError } from './root-access.js'
import { orUndefined, pathError } from './system-error.js'
import { isRacy, TimestampPolicy } from './timestamp-policy.js'
import { UserPath } from './user-path.js'

const statOptions = { bigint: true, throwIfNoEntry: false } as const
const nanosecondsPerMillisecond = 1_000_000n

/** Settings of a {@link DataRoot} that have a default. */
export interface DataRootOptions {
  readonly clock?: Clock
}

/**
 * The only way in which anything below a root is opened, listed or stat-ed.
 *
 * Paths are relative to the root and written with `/`; `''` is the root. Every walk starts anew at the root's path, so a
 * root that was replaced is seen as it is now.
 */
export class DataRoot implements Disposable, AsyncDisposable {
  /** Canonical absolute path. */
  readonly path: string
  /** Last segment of the path that the root was opened with. */
  readonly name: string
  readonly #prefix: string
  readonly #access: RootAccess
  readonly #userPath: UserPath
  readonly #clock: Clock
  readonly #policy: TimestampPolicy
  readonly #reader: FileReader
  readonly #confined = new ConfinedProof((realPath) => encodePath(this.#prefix + realPath))

  private constructor(given: string, path: string, clock: Clock) {
    this.path = path
    this.name = basename(resolve(given))
    this.#prefix = path.endsWith('/') ? path : `${path}/`
    this.#access = new RootAccess({ path, givenPath: resolve(given), name: this.name })
    this.#clock = clock
    this.#policy = new TimestampPolicy(() => clock.now())
    this.#reader = new FileReader(this)
    this.#userPath = new UserPath({
      given,
      path,
      exists: (inner) => this.lstat(inner) !== undefined,
      realDirectory: (inner) => this.#realDirectory(inner),
    })
  }

  /**
   * Opens a directory as a root; it may be given through a symbolic link.
   *
   * @throws FileStateError ROOT_NOT_FOUND, ROOT_NOT_DIRECTORY, PERMISSION_DENIED
   */
  static async open(path: string, options: DataRootOptions = {}): Promise<DataRoot> {
    try {
      const canonical = await realpath(path)
      const stats = await stat(canonical)
      if (!stats.isDirectory())
        throw pathError('ROOT_NOT_DIRECTORY', { action: 'open root', path }, 'it is not a directory')
      return new DataRoot(path, canonical, options.clock ?? systemClock)
    } catch (error) {
      throw translateRootError(error, path)
    }
  }

  /**
   * Understands a path as a user wrote it: relative, absolute inside the root, or with the root's own name in front
   * (unless an entry of that name exists inside).
   *
   * @throws FileStateError PATH_INVALID, PATH_OUTSIDE_ROOT
   */
  resolve(userPath: string): string {
    return this.#userPath.toRelative(userPath)
  }

  /**
   * Opens a regular file inside the root; symbolic links are followed as long as they stay inside.
   *
   * @throws FileStateError FILE_NOT_FOUND, NOT_A_DIRECTORY, IS_A_DIRECTORY, NOT_A_REGULAR_FILE, PATH_OUTSIDE_ROOT,
   * PERMISSION_DENIED, SYMLINK_LOOP
   */
  open(path: string): OpenFile {
    return this.#access.walk('open', path, (walk) => {
      for (;;) {
        const name = walk.toLast()
        const found = name === '' ? 'directory' : walk.foothold.openFile(name)
        if (found === 'symlink') walk.follow(name)
        else if (found === 'directory') throw pathError('IS_A_DIRECTORY', { action: 'open', path }, 'it is a directory')
        else if (found === 'other')
          throw pathError('NOT_A_REGULAR_FILE', { action: 'open', path }, 'it is not a regular file')
        else return new OpenFile(found, signatureOf(fstatSync(found, { bigint: true })), walk.realPath(name))
      }
    })
  }

  /**
   * Opens a regular file by its real path without a walk; `undefined` when anything fails or is not as it was.
   *
   * The signature must have been taken inside the root: the same inode with the same ctime is that very file.
   */
  openProven(realPath: string, signature: FileSignature): OpenFile | undefined {
    const file = openKnown(this.#prefix + realPath, realPath, signature)
    if (file === undefined || this.#confined.holds(realPath)) return file
    file.close()
    return undefined
  }

  /** Opens files that were asked for together, with fewer walks. */
  nearbyFiles(): NearbyFiles {
    return new NearbyFiles(this, this.#access)
  }

  /**
   * Holds a directory inside the root, so that its entries can be reached without leaving it. The caller disposes of it.
   *
   * @throws FileStateError as `open`, and NOT_A_DIRECTORY
   */
  openDirectory(path: string): Foothold {
    return this.#access.walk('open', path, (walk) => {
      walk.toDirectory()
      return walk.take()
    })
  }

  /** The entries of a directory, sorted by the bytes of their names. @throws FileStateError as `openDirectory` */
  list(path: string): readonly DirectoryEntry[] {
    return this.#access.walk('list', path, (walk) => listDirectory(walk.toDirectory()))
  }

  /** What a path names after following symbolic links that stay inside. @throws FileStateError as `open` */
  stat(path: string): PathStat {
    return this.#access.walk('stat', path, (walk) => {
      const { name, stats } = walk.toTarget()
      return pathStat(stats, walk.realPath(name))
    })
  }

  /** What a path names, a symbolic link being one itself; `undefined` when there is nothing. */
  lstat(path: string): PathStat | undefined {
    try {
      return this.#access.walk('stat', path, (walk) => {
        const name = walk.toLast()
        const stats = name === '' ? walk.foothold.stats() : lstatSync(walk.foothold.at(name), { bigint: true })
        return pathStat(stats, walk.realPath(name))
      })
    } catch (error) {
      const code = error instanceof FileStateError ? error.code : undefined
      if (code === 'FILE_NOT_FOUND' || code === 'NOT_A_DIRECTORY') return undefined
      throw error
    }
  }

  /**
   * The signature behind a real path by one `stat` and no walk; `undefined` when anything fails.
   *
   * Nothing confines it, so it is to be compared with a signature that was taken inside the root, never to be shown.
   */
  signatureSync(realPath: string): FileSignature | undefined {
    const stats = this.#statSync(realPath)
    return stats === undefined ? undefined : signatureOf(stats)
  }

  /**
   * Proves without a walk that a real path still is the file that was opened inside the root with this signature, and
   * still lies inside: by one `stat`, and a second one below a directory.
   *
   * A racy signature proves nothing; see {@link DataRoot.isRacy}.
   */
  proveSync(realPath: string, signature: FileSignature): boolean {
    const stats = this.#statSync(realPath)
    return stats !== undefined && sameSignature(stats, signature) && this.#confined.holds(realPath)
  }

  /** As `signatureSync`, but of a symbolic link itself, and with the number of names that it has. */
  lstatSync(realPath: string): (FileSignature & { readonly nlink: bigint }) | undefined {
    return orUndefined(() => lstatSync(encodePath(this.#prefix + realPath), statOptions))
  }

  /** Whether a file read from `readStartedNs` on could have changed since without showing another signature. */
  isRacy(realPath: string, signature: FileSignature, readStartedNs: bigint): boolean {
    return isRacy(signature, readStartedNs, this.granularityNs(realPath, signature))
  }

  /** How far apart two changes of a file must be to show, in nanoseconds; `undefined` when that is unknown. */
  granularityNs(realPath: string, signature: FileSignature): bigint | undefined {
    return this.#policy.granularityNs(signature, () => encodePath(this.#prefix + realPath))
  }

  /** Wall-clock time in nanoseconds since the epoch, as the racy rule uses it. */
  nowNs(): bigint {
    return BigInt(Math.floor(this.#clock.now())) * nanosecondsPerMillisecond
  }

  /** Reads a whole file. @throws FileStateError as `open`, and FILE_TOO_LARGE above `maxBytes` */
  readFile(path: string, options: ReadOptions = {}): Promise<ReadResult> {
    return this.#reader.readFile(path, options)
  }

  /** Reads `length` bytes from `start` on, fewer at the end of the file. @throws FileStateError as `open` */
  readRange(path: string, start: number, length: number): Promise<ReadResult> {
    return this.#reader.readRange(path, { start, length })
  }

  /** Hashes a whole file of any size in pieces. @throws FileStateError as `open` */
  hashFile(path: string, options: { readonly signal?: AbortSignal } = {}): Promise<HashResult> {
    return this.#reader.hashFile(path, options.signal)
  }

  /** Ends the use of the root; what was opened through it stays open. */
  close(): void {
    this.#access.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close()
  }

  #statSync(realPath: string): BigIntStats | undefined {
    return orUndefined(() => statSync(encodePath(this.#prefix + realPath), statOptions))
  }

  #realDirectory(path: string): string | undefined {
    try {
      const found = this.stat(path)
      return found.kind === 'directory' ? found.realPath : undefined
    } catch (error) {
      if (error instanceof FileStateError && error.code === 'PATH_OUTSIDE_ROOT') throw error
      if (error instanceof FileStateError) return undefined
      throw error
    }
  }
}
