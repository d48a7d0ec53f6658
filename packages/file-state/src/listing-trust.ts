import type { DataRoot } from './data-root.js'
import type { DirectoryNode } from './directory-node.js'
import { coarseGranularityNs } from './timestamp-policy.js'
import type { Tree } from './tree.js'
import type { WatchRules } from './watch-rules.js'

/**
 * Tells of which directories the names in the index are sure to be those on disk.
 *
 * Whatever adds, removes or renames an entry stamps its directory. So a directory that shows the signature it had, with
 * stamps that were old when its names were listed, still has these names: the racy rule, for directories.
 */
export class ListingTrust {
  readonly #root: DataRoot
  readonly #tree: Tree
  readonly #distrustsFresh: boolean
  /** Whether the stamps of a device can be trusted, by the number that the table has for it. */
  readonly #devices = new Map<number, boolean>()

  constructor({ root, tree, rules }: { root: DataRoot; tree: Tree; rules: WatchRules }) {
    this.#root = root
    this.#tree = tree
    this.#distrustsFresh = rules.distrustFreshLists
    // Others may list what this user may not, and the other way round.
    const credentials = ownCredentials()
    if (tree.listedBy !== credentials) for (const node of tree.directories()) node.listedNs = 0n
    tree.listedBy = credentials
  }

  /** @param node a directory whose signature was brought up to date a moment ago */
  holds(node: DirectoryNode, path: string): boolean {
    const { listedNs, slot } = node
    if (listedNs === 0n || node.unreadable !== undefined) return false
    if (!this.#distrustsFresh) return true
    const { table } = this.#tree
    if (table.latestStampNs(slot) < listedNs - coarseGranularityNs) return this.#isLocal(slot, path)
    return !this.#root.isRacy(path, table.read(slot), listedNs)
  }

  #isLocal(slot: number, path: string): boolean {
    const { table } = this.#tree
    const device = table.device(slot)
    const known = this.#devices.get(device) ?? this.#root.granularityNs(path, table.read(slot)) !== undefined
    this.#devices.set(device, known)
    return known
  }
}

/** Whom the system takes this process for when it lists a directory. */
function ownCredentials(): string {
  return JSON.stringify([process.geteuid?.(), process.getegid?.(), process.getgroups?.()])
}
