import type { DataRoot } from './data-root.js'
import type { DirectoryEntry } from './directory-entry.js'
import type { DirectoryNode } from './directory-node.js'
import { joinPath } from './directory-node.js'
import { sortNames } from './file-name.js'
import { coarseGranularityNs } from './timestamp-policy.js'
import type { Tree } from './tree.js'
import { describeEntry, type EntryPlace, findPlace, rootEntry, type TreeEntry } from './tree-entry.js'

/** What changed at or below a scope since a sequence. */
export interface ChangeSet {
  /** Whether that is all; if not, too much was removed in the meantime and everything has to be looked at. */
  readonly complete: boolean
  /** New and changed entries of every kind, depth first. */
  readonly changed: readonly string[]
  /** Every path that is gone, also each one below a removed directory. */
  readonly removed: readonly string[]
}

/** A directory on the way through a tree. */
interface Visit {
  readonly node: DirectoryNode
  readonly path: string
}

/** One entry, the root included. */
export function entryAt(tree: Tree, path: string): TreeEntry | undefined {
  if (path === '') return rootEntry(tree)
  const place = findPlace(tree, path)
  return place === undefined ? undefined : describeEntry(tree, place, parentOf(path))
}

/** The entries of a directory, sorted by the bytes of their names. */
export function childrenOf(tree: Tree, directory: string): readonly TreeEntry[] {
  const node = tree.directory(directory)
  return node === undefined ? [] : placesOf(node).map((place) => describeEntry(tree, place, directory))
}

/** Names and kinds of the entries of a directory. */
export function listingOf(tree: Tree, directory: string): readonly DirectoryEntry[] {
  const node = tree.directory(directory)
  return node === undefined
    ? []
    : node.names.map((name, index) => ({ name, kind: tree.table.kind(node.slots[index] ?? 0) }))
}

/** The scope's entry and all below it, depth first, sorted by name. */
export function* walkTree(tree: Tree, scope: string): Iterable<TreeEntry> {
  const top = entryAt(tree, scope)
  if (top === undefined) return
  yield top
  for (const { place, directory } of walkPlaces(tree, scope)) yield describeEntry(tree, place, directory)
}

/** The highest sequence of any change at or below the scope; of the nearest directory above when it does not exist. */
export function subtreeSequenceOf(tree: Tree, scope: string): number {
  const node = tree.directory(scope)
  if (node !== undefined) return node.subtreeSequence
  const place = findPlace(tree, scope)
  if (place !== undefined) return tree.table.sequence(place.slot)
  let nearest = tree.root
  for (const name of scope.split('/')) {
    const next = nearest.directories.get(name)
    if (next === undefined) break
    nearest = next
  }
  return nearest.subtreeSequence
}

/** See {@link ChangeSet}. */
export function changesSince(tree: Tree, sequence: number, scope: string): ChangeSet {
  const complete = tree.removals.covers(sequence) && sequence <= tree.sequence
  if (!complete) return { complete, changed: [], removed: [] }
  const removed = new Set(tree.removals.since(sequence).filter((path) => isWithin(path, scope)))
  const gone = [...removed].filter((path) => findPlace(tree, path) === undefined)
  return { complete, changed: changedPaths(tree, sequence, scope), removed: gone }
}

/** Directories at or below the scope that could not be listed, with all they may hold. */
export function unreadableBelow(tree: Tree, scope: string): readonly string[] {
  return sortNames(Array.from(tree.unreadable, ({ path }) => path).filter((path) => isWithin(path, scope)))
}

/** Files at or below the scope whose signature cannot vouch for what was read from `readStartedNs` on. */
export function racyPaths(tree: Tree, root: DataRoot, options: { scope: string; readStartedNs: bigint }): string[] {
  const { scope, readStartedNs } = options
  const { table } = tree
  const surelyClean = readStartedNs - coarseGranularityNs
  const trusted = new Map<number, boolean>()
  const isTrusted = (slot: number, path: string): boolean => {
    const device = table.device(slot)
    const known = trusted.get(device) ?? root.granularityNs(path, table.read(slot)) !== undefined
    trusted.set(device, known)
    return known
  }
  const racy: string[] = []
  const check = ({ slot, name }: EntryPlace, directory: string): void => {
    if (table.kind(slot) !== 'file') return
    const path = joinPath(directory, name)
    if (table.latestStampNs(slot) < surelyClean && isTrusted(slot, path)) return
    if (root.isRacy(path, table.read(slot), readStartedNs)) racy.push(path)
  }
  const self = findPlace(tree, scope)
  if (self !== undefined) check(self, parentOf(scope))
  for (const { place, directory } of walkPlaces(tree, scope)) check(place, directory)
  return racy
}

/** Whether an event would tell of every write to a known file: nothing can be written through another name. */
export function isExcusedByWatch(tree: Tree, path: string): boolean {
  const place = findPlace(tree, path)
  return place !== undefined && !tree.linked.has(place.node, place.name)
}

/** Whether a path is the scope or lies below it. */
export function isWithin(path: string, scope: string): boolean {
  return scope === '' || path === scope || path.startsWith(`${scope}/`)
}

function changedPaths(tree: Tree, sequence: number, scope: string): string[] {
  const changed: string[] = []
  const own = scope === '' ? tree.root.slot : findPlace(tree, scope)?.slot
  if (own !== undefined && tree.table.sequence(own) > sequence) changed.push(scope)
  for (const { place, directory } of walkPlaces(tree, scope, (node) => node.subtreeSequence > sequence)) {
    if (tree.table.sequence(place.slot) > sequence) changed.push(joinPath(directory, place.name))
  }
  return changed
}

/** Every entry below the scope, depth first; directories that `enters` refuses are passed over with all below them. */
function* walkPlaces(
  tree: Tree,
  scope: string,
  enters: (node: DirectoryNode) => boolean = () => true,
): Iterable<{ readonly place: EntryPlace; readonly directory: string }> {
  const top = tree.directory(scope)
  const stack: (Visit & { next: number })[] =
    top !== undefined && enters(top) ? [{ node: top, path: scope, next: 0 }] : []
  for (let visit = stack.at(-1); visit !== undefined; visit = stack.at(-1)) {
    const { node, path, next } = visit
    const name = node.names[next]
    const slot = node.slots[next]
    visit.next += 1
    if (name === undefined || slot === undefined) {
      stack.pop()
      continue
    }
    yield { place: { node, name, slot }, directory: path }
    const child = node.directories.get(name)
    if (child !== undefined && enters(child)) stack.push({ node: child, path: joinPath(path, name), next: 0 })
  }
}

function placesOf(node: DirectoryNode): EntryPlace[] {
  return node.names.map((name, index) => ({ node, name, slot: node.slots[index] ?? 0 }))
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
