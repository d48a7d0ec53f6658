import { closeSync, readFileSync, readSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { temporaryDirectory, type TreeDescription, writeTree } from '@fsagent/testing'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ConfinedWalk } from '../src/confined-walk.js'
import { DescriptorFoothold } from '../src/descriptor-foothold.js'
import { FileStateError } from '../src/file-state-error.js'
import type { Foothold } from '../src/foothold.js'
import { PathFoothold } from '../src/path-foothold.js'
import { systemErrorCode } from '../src/system-error.js'
import { countDescriptors } from './support.js'

const secret = 'secret outside'
const name = fc.constantFrom('a', 'b', 'c', 'link-1', 'link-2', 'link-3')
const hop = fc.oneof(name, fc.constantFrom('..', '.', 'a', 'b'))
const relative = fc.array(hop, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'))
const likely = fc.constantFrom('c', 'a/c', 'a/b/c', 'link-1', 'link-2/c', 'a/link-1/c', 'a/b/link-2', 'link-1/../c')
const path = fc.oneof(relative, likely)
const links = fc.array(
  fc.record({
    at: fc.constantFrom('link-1', 'link-2', 'a/link-1', 'a/link-3', 'a/b/link-2', 'b/link-1'),
    target: fc.oneof(
      relative,
      relative.map((path) => `ROOT/${path}`),
      fc.constantFrom('ROOT-evil', 'ROOT-evil/a', '/etc', 'ROOT', '../a', '../../a', '../root-evil/b'),
    ),
  }),
  { maxLength: 5 },
)

const implementations: readonly (readonly [string, (path: string) => Foothold])[] = [
  ['descriptors', (path) => DescriptorFoothold.hold(path)],
  ['checked paths', (path) => PathFoothold.hold(path)],
]

test.each(implementations)('a walk by %s reads what is really inside and nothing else', (_, hold) => {
  const before = countDescriptors()
  const seen = { insideReads: 0, refused: 0, naiveLeaks: 0 }
  fc.assert(
    fc.property(links, fc.array(path, { minLength: 4, maxLength: 12 }), (drawn, paths) => {
      using directory = temporaryDirectory()
      const root = makeTree(directory.path, drawn)
      for (const asked of paths) {
        const outcome = readConfined(hold, root, asked)
        const inside = readInside(root, asked)
        if (outcome === 'PATH_OUTSIDE_ROOT') seen.refused += 1
        if (outcome.startsWith('content:')) seen.insideReads += 1
        if (inside === undefined && naiveRead(root, asked)?.includes(secret) === true) seen.naiveLeaks += 1
        expect([asked, outcome]).toEqual([asked, outcome.startsWith('content:') ? `content:${inside}` : outcome])
        expect(outcome).not.toContain(secret)
      }
    }),
    { numRuns: 100, seed: 20_261_122 },
  )
  expect(countDescriptors()).toBe(before)
  expect(seen.insideReads).toBeGreaterThan(50)
  expect(seen.refused).toBeGreaterThan(50)
  expect(seen.naiveLeaks).toBeGreaterThan(0)
})

test.each(implementations)('a walk by %s finds whatever the system finds without leaving the root', (_, hold) => {
  fc.assert(
    fc.property(links, path, (drawn, asked) => {
      using directory = temporaryDirectory()
      const root = makeTree(directory.path, drawn)
      const outcome = readConfined(hold, root, asked)
      const direct = attempt(() => readFileSync(`${root}/${asked}`, 'utf8'))
      expect([asked, direct, outcome, agrees(outcome, direct)]).toEqual([asked, direct, outcome, true])
    }),
    { numRuns: 100, seed: 20_261_123 },
  )
})

function makeTree(directory: string, drawn: readonly { readonly at: string; readonly target: string }[]): string {
  const root = join(directory, 'root')
  const described: Record<string, TreeDescription[string]> = {
    'a/b/c': 'inside a/b/c',
    'a/c': 'inside a/c',
    'b/c': 'inside b/c',
    c: 'inside c',
  }
  for (const { at, target } of drawn) described[at] ??= { link: target.replace('ROOT', root) }
  writeTree(root, described)
  writeTree(`${root}-evil`, { a: secret, b: secret, c: secret })
  writeTree(directory, { a: secret, b: secret, c: secret })
  return root
}

function readConfined(hold: (path: string) => Foothold, root: string, path: string): string {
  try {
    using walk = new ConfinedWalk(path, { root: hold(root), rootPaths: [root], action: 'open' })
    for (;;) {
      const last = walk.toLast()
      const found = last === '' ? 'directory' : walk.foothold.openFile(last)
      if (typeof found === 'number') return `content:${readAndClose(found)}`
      if (found !== 'symlink') return found
      walk.follow(last)
    }
  } catch (error) {
    if (error instanceof FileStateError) return error.code
    return systemErrorCode(error) ?? 'unknown'
  }
}

/** A walk may refuse more than the system does, and never gives anything else. */
function agrees(outcome: string, direct: string | undefined): boolean {
  if (outcome === 'PATH_OUTSIDE_ROOT') return true
  return direct === undefined ? !outcome.startsWith('content:') : outcome === `content:${direct}`
}

/** What the system reads when the real path lies inside the root, found out where nothing moves. */
function readInside(root: string, asked: string): string | undefined {
  const real = attempt(() => realpathSync(`${root}/${asked}`))
  return real?.startsWith(`${root}/`) === true ? attempt(() => readFileSync(real, 'utf8')) : undefined
}

function readAndClose(descriptor: number): string {
  const buffer = Buffer.alloc(100)
  const count = readSync(descriptor, buffer)
  closeSync(descriptor)
  return buffer.toString('utf8', 0, count)
}

/** The check that looks right and is not: it knows nothing of symbolic links. */
function naiveRead(root: string, path: string): string | undefined {
  const full = resolve(root, path)
  return full.startsWith(`${root}/`) ? attempt(() => readFileSync(full, 'utf8')) : undefined
}

function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action()
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error
    return undefined
  }
}
