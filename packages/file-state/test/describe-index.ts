import { fingerprint } from '../src/file-signature.js'
import type { TreeEntry } from '../src/tree-entry.js'
import type { TreeIndex } from '../src/tree-index.js'

/** What an index knows, path by path, in the form of `naiveWalk`. */
export function describeIndex(index: TreeIndex, scope = ''): Map<string, string> {
  const entries = [...index.walk(scope)].filter(({ path }) => path !== '')
  return new Map(entries.map((entry) => [entry.path, describeEntry(entry)]))
}

/** One entry in the form of `naiveWalk`. */
export function describeEntry({ kind, signature, target }: TreeEntry): string {
  if (kind === 'directory') return `directory ${signature.mode} ${signature.uid} ${signature.gid}`
  return `${kind} ${fingerprint(signature)} ${target}`
}
