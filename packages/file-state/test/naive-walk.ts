import { lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { kindOfMode } from '../src/entry-kind.js'
import { fingerprint } from '../src/file-signature.js'

/**
 * What a tree is, path by path, as far as a search or a listing can see: walked the plain way, with nothing remembered.
 *
 * Of directories only kind and access count, as in the index.
 */
export function naiveWalk(root: string): Map<string, string> {
  const state = new Map<string, string>()
  const visit = (path: string): void => {
    for (const name of readdirSync(`${root}/${path}`).toSorted()) {
      const inner = path === '' ? name : `${path}/${name}`
      const stats = lstatSync(`${root}/${inner}`, { bigint: true })
      const kind = kindOfMode(stats.mode)
      if (kind === 'directory') {
        state.set(inner, `directory ${stats.mode} ${stats.uid} ${stats.gid}`)
        visit(inner)
      } else {
        const target = kind === 'symlink' ? readlinkSync(`${root}/${inner}`) : undefined
        state.set(inner, `${kind} ${fingerprint(stats)} ${target}`)
      }
    }
  }
  visit('')
  return state
}
