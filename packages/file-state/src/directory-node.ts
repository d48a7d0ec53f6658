import type { DirectoryWatch } from './directory-watch.js'
import { compareNames } from './file-name.js'

/** A directory in the index; files have no object of their own, only a name and a slot in the signature table. */
export class DirectoryNode {
  readonly name: string
  readonly parent: DirectoryNode | undefined
  readonly slot: number
  #names: readonly string[] = []
  #slots: readonly number[] = []
  /** Wall-clock time, in nanoseconds since the epoch, before the names were listed as they are here; 0 if never. */
  listedNs = 0n
  /** The entries that are directories. */
  readonly directories = new Map<string, DirectoryNode>()
  /** Targets of the entries that are symbolic links. */
  readonly targets = new Map<string, string>()
  /** Why the directory could not be listed, as a system error code. */
  unreadable: string | undefined
  /** The highest sequence of any change at or below this directory. */
  subtreeSequence = 0
  /** Digest of everything at or below this directory, until something there changes. */
  digest: Buffer | undefined
  /** What tells of changes in this directory, in *watch* mode. */
  watch: DirectoryWatch | undefined

  constructor(name: string, slot: number, parent: DirectoryNode | undefined) {
    this.name = name
    this.slot = slot
    this.parent = parent
  }

  /** Names of the entries, sorted by their bytes; `slots` runs in parallel. */
  get names(): readonly string[] {
    return this.#names
  }

  get slots(): readonly number[] {
    return this.#slots
  }

  /** Puts another list of entries in the place of the known one. */
  setEntries(names: readonly string[], slots: readonly number[]): void {
    this.#names = names
    this.#slots = slots
    this.listedNs = 0n
  }

  /** Path relative to the root. */
  get path(): string {
    const names = [this.name]
    for (let above = this.parent; above?.parent !== undefined; above = above.parent) names.push(above.name)
    return names.toReversed().join('/')
  }

  /** How many directories lie above. */
  get depth(): number {
    let depth = 0
    for (let above = this.parent; above !== undefined; above = above.parent) depth += 1
    return depth
  }

  /** The slot of an entry. */
  slotOf(name: string): number | undefined {
    const index = this.indexOf(name)
    return this.names[index] === name ? this.slots[index] : undefined
  }

  /** Where a name is, or where it would have to be inserted. */
  indexOf(name: string): number {
    let low = 0
    let high = this.names.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareNames(this.names[middle] ?? '', name) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Notes a change at or below this directory, here and in all directories above. */
  touch(sequence: number): void {
    this.subtreeSequence = sequence
    this.digest = undefined
    for (let above = this.parent; above !== undefined; above = above.parent) {
      above.subtreeSequence = sequence
      above.digest = undefined
    }
  }
}

/** Joins a directory's path and a name; the root's path is `''`. */
export function joinPath(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`
}
