import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeTree, type TreeDescription } from '@fsagent/testing'

/** What a path names in a tree that is known, found without a file system. */
export type Found =
  | { readonly kind: 'file'; readonly text: string }
  | { readonly kind: 'directory'; readonly names: readonly string[] }
  | { readonly kind: 'refused'; readonly code: string }

const linkLimit = 40

/**
 * What confinement means: the root's directories, files and links as a map from path to content, and the rules of POSIX
 * for walking it, with the root as the only way up that ends.
 */
export class ModelTree {
  readonly #rootPath: string
  readonly #entries: TreeDescription

  /** `entries` names directories with a `/` at the end, each parent before its children. */
  constructor(rootPath: string, entries: TreeDescription) {
    this.#rootPath = rootPath
    this.#entries = entries
  }

  /** Makes the root hold this tree and nothing else. */
  write(): void {
    for (const name of readdirSync(this.#rootPath)) rmSync(join(this.#rootPath, name), { recursive: true })
    writeTree(this.#rootPath, this.#entries)
  }

  /** What a path that a user wrote names: `..` behind a link is the parent of its target, behind nothing a word less. */
  find(userPath: string): Found {
    if (userPath.includes('\0')) return refused('PATH_INVALID')
    let kept: string[] = []
    for (const part of this.#belowRoot(userPath) ?? ['..']) {
      if (part !== '..') {
        kept.push(part)
        continue
      }
      const walked = this.#walk(kept)
      const place = typeof walked === 'string' ? kept : walked
      if (walked === 'PATH_OUTSIDE_ROOT' || place.length === 0) return refused('PATH_OUTSIDE_ROOT')
      kept = typeof walked !== 'string' && !this.#isDirectory(walked) ? kept.slice(0, -1) : place.slice(0, -1)
    }
    const place = this.#walk(kept)
    if (typeof place === 'string') return refused(place)
    const path = place.join('/')
    const entry = this.#entries[path]
    if (typeof entry === 'string') return { kind: 'file', text: entry }
    return { kind: 'directory', names: this.#namesIn(path) }
  }

  #belowRoot(userPath: string): string[] | undefined {
    const parts = userPath.split('/').filter((part) => part !== '' && part !== '.')
    if (userPath.startsWith('/')) {
      const root = this.#rootPath.split('/').filter((part) => part !== '')
      return root.every((part, index) => parts[index] === part) ? parts.slice(root.length) : undefined
    }
    return parts[0] === 'data' ? parts.slice(1) : parts
  }

  /** The real place of a path, or the code that it is refused with. */
  #walk(path: readonly string[]): readonly string[] | string {
    const pending = [...path].reverse()
    let place: string[] = []
    let links = 0
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (name === '' || name === '.') continue
      if (name === '..') {
        if (place.pop() === undefined) return 'PATH_OUTSIDE_ROOT'
        continue
      }
      const entry = this.#entryAt([...place, name].join('/'))
      if (entry === undefined) return 'FILE_NOT_FOUND'
      if (typeof entry === 'string') {
        if (entry !== 'directory' && pending.some((part) => part !== '')) return 'NOT_A_DIRECTORY'
        place.push(name)
        continue
      }
      links += 1
      if (links > linkLimit) return 'SYMLINK_LOOP'
      const target = this.#belowLink(entry.link)
      if (target === undefined) return 'PATH_OUTSIDE_ROOT'
      if (entry.link.startsWith('/')) place = []
      pending.push(...target.split('/').reverse())
    }
    return place
  }

  #belowLink(target: string): string | undefined {
    if (!target.startsWith('/')) return target
    return `${target}/`.startsWith(`${this.#rootPath}/`) ? target.slice(this.#rootPath.length) : undefined
  }

  #entryAt(path: string): 'file' | 'directory' | { readonly link: string } | undefined {
    const entry = this.#entries[path]
    if (entry !== undefined) return typeof entry === 'object' && 'link' in entry ? entry : 'file'
    return this.#isDirectory(path.split('/')) ? 'directory' : undefined
  }

  #isDirectory(place: readonly string[]): boolean {
    const path = place.join('/')
    return path === '' || Object.keys(this.#entries).some((key) => key.startsWith(`${path}/`))
  }

  #namesIn(path: string): string[] {
    const prefix = path === '' ? '' : `${path}/`
    const below = Object.keys(this.#entries).filter((key) => key.startsWith(prefix) && key !== prefix)
    return [...new Set(below.map((key) => key.slice(prefix.length).split('/')[0] ?? ''))].sort()
  }
}

function refused(code: string): Found {
  return { kind: 'refused', code }
}
