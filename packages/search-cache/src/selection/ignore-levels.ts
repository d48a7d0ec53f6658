import { fingerprint, FileStateError, type DataRoot, type FileSignature } from '@fsagent/file-state'
import { ancestorsOf, isWithin, joinPath, parentPath } from '../path-order.js'
import { judge, type IgnoreRule, type Verdict } from './ignore-file.js'
import type { IgnoreFiles } from './ignore-files.js'
import type { TreeView } from './tree-view.js'

/** What the nearest directory with ignore files says, at or above one; `depth` is the number of segments of its path. */
export interface IgnoreLevel {
  readonly parent: IgnoreLevel | undefined
  readonly depth: number
  readonly gitRules: readonly IgnoreRule[]
  readonly ownRules: readonly IgnoreRule[]
  /** Here or in a directory above. */
  readonly hasRules: boolean
}

/** What ignore levels are made from. */
export interface IgnoreSources {
  readonly root: DataRoot
  readonly index: TreeView
  readonly ignoreFiles: IgnoreFiles
  /** The part of the tree that the index is current for; elsewhere the file system is asked. */
  readonly currentScope: string
  /** Wall-clock time before the index was brought up to date, nanoseconds since the epoch. */
  readonly startedNs: bigint
}

/** Names whose coming, going or changing changes what is ignored around them. */
export const IGNORE_NAMES: ReadonlySet<string> = new Set(['.gitignore', '.ignore'])

/** How the state of a missing ignore file is written. */
export const NO_IGNORE_FILE = '-'

/** The ignore files of directories, loaded as they are asked for. Only regular files count, as in git. */
export class IgnoreLevels {
  readonly #sources: IgnoreSources
  readonly #levels = new Map<string, IgnoreLevel>()
  #proven = true

  constructor(sources: IgnoreSources) {
    this.#sources = sources
  }

  /** Whether a change of any ignore file that was loaded is sure to show. */
  get proven(): boolean {
    return this.#proven
  }

  /**
   * The level of a directory with all levels above it, up to the root.
   *
   * @param listed what the directory holds, where that is at hand
   */
  at(directory: string, listed?: readonly { readonly name: string }[]): IgnoreLevel {
    const known = this.#levels.get(directory)
    if (known !== undefined) return known
    const parent = directory === '' ? undefined : this.at(parentPath(directory))
    if (parent !== undefined && listed !== undefined && !listed.some(({ name }) => isIgnoreName(name))) {
      this.#levels.set(directory, parent)
      return parent
    }
    const gitRules = this.#load(joinPath(directory, '.gitignore'))
    const ownRules = this.#load(joinPath(directory, '.ignore'))
    const hasRules = gitRules.length > 0 || ownRules.length > 0 || parent?.hasRules === true
    const depth = directory === '' ? 0 : directory.split('/').length
    const level: IgnoreLevel = { parent, depth, gitRules, ownRules, hasRules }
    this.#levels.set(directory, level)
    return level
  }

  #load(path: string): readonly IgnoreRule[] {
    const found = this.#find(path)
    if (found?.kind !== 'file') return []
    const { rules, proven } = this.#sources.ignoreFiles.load(path, found.signature, this.#sources.startedNs)
    this.#proven &&= proven
    return rules
  }

  #find(path: string): { readonly kind: string; readonly signature: FileSignature } | undefined {
    const { root, index, currentScope } = this.#sources
    if (isWithin(path, currentScope)) return index.entry(path)
    try {
      return root.lstat(path)
    } catch (error) {
      if (error instanceof FileStateError) return undefined
      throw error
    }
  }
}

/** Most names are told by their first character, without being hashed. */
function isIgnoreName(name: string): boolean {
  return name.startsWith('.') && IGNORE_NAMES.has(name)
}

/** A text that changes whenever an ignore file in a directory above the scope does. */
export function ignoreStateAbove(root: DataRoot, scope: string): string {
  const states: string[] = []
  for (const directory of ancestorsOf(scope)) {
    for (const name of IGNORE_NAMES) {
      const signature = root.signatureSync(joinPath(directory, name))
      states.push(signature === undefined ? NO_IGNORE_FILE : fingerprint(signature))
    }
  }
  return states.join(' ')
}

/**
 * Whether an entry is ignored, given the level of its directory: any `.ignore` file goes before any `.gitignore`, and
 * among equals the nearest that has a rule for the path: the order of `rg --no-require-git`, for which a nested
 * repository is no boundary.
 */
export function isIgnored(level: IgnoreLevel, segments: readonly string[], isDirectory: boolean): boolean {
  let own: Verdict
  let git: Verdict
  for (let at: IgnoreLevel | undefined = level; at !== undefined; at = at.parent) {
    if (at.ownRules.length > 0) own ??= judge(at.ownRules, segments.slice(at.depth), isDirectory)
    if (own !== undefined) break
    if (at.gitRules.length > 0) git ??= judge(at.gitRules, segments.slice(at.depth), isDirectory)
  }
  return (own ?? git) === 'exclude'
}
