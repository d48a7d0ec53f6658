import type { CacheStore } from '@fsagent/cache-core'
import type { DataRoot } from './data-root.js'
import { type FileSignature, sameSignature } from './file-signature.js'
import { FileStateError } from './file-state-error.js'

/** What a file looked like when its content was hashed. */
export interface FileState {
  readonly signature: FileSignature
  /** Whether the signature cannot vouch for the content, so that the hashes have to be compared. */
  readonly racy: boolean
  /** SHA-256 of the content, hexadecimal. */
  readonly contentHash: string
}

/** What a tracker works on. */
export interface FileStateTrackerOptions {
  readonly root: DataRoot
  /** Where states outlive the process; without it they live in memory. */
  readonly store?: CacheStore
}

/** A state as it is stored; another format version is a miss. */
interface StoredState extends FileState {
  readonly format: 1
}

const format = 1
const rememberedStates = 10_000

/** Tells whether files have changed since their state was taken. */
export class FileStateTracker {
  readonly #root: DataRoot
  readonly #store: CacheStore | undefined
  readonly #memory = new Map<string, StoredState>()

  constructor({ root, store }: FileStateTrackerOptions) {
    this.#root = root
    this.#store = store
  }

  /**
   * The state of a file as it is now; its content is hashed only if the stored state cannot be proved current.
   *
   * @throws FileStateError as `DataRoot.open`
   */
  async getState(path: string): Promise<FileState> {
    const stored = await this.#load(path)
    if (stored === undefined || stored.racy) return this.updateState(path)
    const { signature } = this.#root.stat(path)
    return sameSignature(signature, stored.signature) ? withoutFormat(stored) : this.updateState(path)
  }

  /** Hashes a file and stores its state. A file that changes all the while is answered and not stored. */
  async updateState(path: string): Promise<FileState> {
    const { signature, racy, contentHash, stable } = await this.#root.hashFile(path)
    const state = { signature, racy, contentHash }
    if (stable) await this.#save(path, { ...state, format })
    else await this.#forget(path)
    return state
  }

  /**
   * Whether a file differs from its stored state: changed, gone, or never stored.
   *
   * A file that was only touched is not stale, and its state is renewed.
   */
  async isStale(path: string): Promise<boolean> {
    const stored = await this.#load(path)
    if (stored === undefined) return true
    try {
      if (!stored.racy && sameSignature(this.#root.stat(path).signature, stored.signature)) return false
      const { signature, racy, contentHash, stable } = await this.#root.hashFile(path)
      if (!stable || contentHash !== stored.contentHash) return true
      await this.#save(path, { signature, racy, contentHash, format })
      return false
    } catch (error) {
      if (error instanceof FileStateError) return true
      throw error
    }
  }

  async #load(path: string): Promise<StoredState | undefined> {
    const stored = this.#store === undefined ? this.#memory.get(path) : await this.#store.get<StoredState>(keyOf(path))
    return stored?.format === format ? stored : undefined
  }

  async #save(path: string, state: StoredState): Promise<void> {
    if (this.#store !== undefined) {
      await this.#store.set(keyOf(path), state)
      return
    }
    this.#memory.delete(path)
    this.#memory.set(path, state)
    const oldest = this.#memory.size > rememberedStates ? this.#memory.keys().next().value : undefined
    if (oldest !== undefined) this.#memory.delete(oldest)
  }

  async #forget(path: string): Promise<void> {
    this.#memory.delete(path)
    await this.#store?.delete(keyOf(path))
  }
}

function keyOf(path: string): string {
  return `state:${path}`
}

function withoutFormat({ signature, racy, contentHash }: StoredState): FileState {
  return { signature, racy, contentHash }
}
