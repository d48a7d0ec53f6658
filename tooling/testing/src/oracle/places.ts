import { chmodSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { SeededRandom } from '../seeded-random.js'

/** Directories of the tree, parents first; `root` is also the name of the data root itself. */
export const directories = ['', 'a', 'a/b', 'a/b/c', 'docs', 'docs/build', 'root', '.git', '.hidden'] as const

const awkwardNames = [
  '-dash',
  'new\nline.txt',
  '*star',
  '[b]',
  `quo'te".md`,
  'trailing ',
  '\u05d0\u05d1.txt',
  '\udcff.txt',
]

/** Names of files; the last ones are those that shells, globs and decoders get wrong. */
const names = ['x.txt', 'y.log', 'z.md', 'main.py', '.gitignore', '.ignore', ...awkwardNames] as const

const commonNames = 3

/** Texts of few sizes, so that a rewrite often keeps the size; some are rules when they land in an ignore file. */
export const texts: readonly (string | Buffer)[] = [
  'needle 1\n',
  'needle 2\n',
  'nothing \n',
  'x\nneedle\n',
  '*.log\n',
  'build/\n',
  '!y.log\n',
  '/a\n',
  'needle\0\n',
  'needle',
  '',
  'one\r\ntwo needle\r\nthree\r\n',
  'Gr\u00fc\u00dfe needle \ud83d\ude00\n',
  Buffer.from([0xef, 0xbb, 0xbf, ...Buffer.from('needle\n')]),
  Buffer.from([0xff, 0xfe, ...Buffer.from('needle\n', 'utf16le')]),
  Buffer.from([0x6e, 0xff, 0xfe, 0x0a]),
  'def needle():\n    return 1\n'.repeat(40),
  `${'long '.repeat(900)}needle\n`,
  'line of many\n'.repeat(2500),
]

/** Where operations take place: a data root, and a directory beside it that is on the same file system. */
export interface World {
  readonly random: SeededRandom
  readonly root: string
  readonly outside: string
  /** The path that was changed last. */
  latest: string
  /** Reads a file by the agent that has a cache, between two steps of an operation. */
  readonly read: (path: string) => Promise<void>
  /** Searches all files by every agent that is awake, between two steps of an operation. */
  readonly search: () => Promise<void>
}

/** Makes all directories, also where something else has taken their places, and lets their owner into them. */
export function settle({ root, outside }: World): void {
  openUp(outside)
  openUp(root)
  for (const path of [outside, ...directories.map((directory) => join(root, directory))]) {
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true) continue
    rmSync(path, { force: true })
    mkdirSync(path)
  }
}

/** Paths that most questions are about. */
export function commonPaths(): readonly string[] {
  return directories.flatMap((directory) => names.slice(0, commonNames).map((name) => join(directory, name)))
}

/** A path below the root that may or may not exist. */
export function drawPath(random: SeededRandom): string {
  const directory = random.pick(random.next() < 0.6 ? directories.slice(0, 4) : directories)
  const name = random.pick(random.next() < 0.92 ? names.slice(0, commonNames) : names)
  return directory === '' ? name : `${directory}/${name}`
}

/** A path as `node:fs` wants it: names may hold bytes that are not UTF-8, written as lone surrogates. */
export function bytesOf(path: string): Buffer {
  const parts = Array.from(path, (character) =>
    character.isWellFormed() ? Buffer.from(character) : Buffer.of(character.charCodeAt(0) & 0xff),
  )
  return Buffer.concat(parts)
}

/** Gives the owner of a tree all rights to its directories. */
export function openUp(directory: string): void {
  const stats = lstatSync(directory, { throwIfNoEntry: false })
  if (stats?.isDirectory() !== true) return
  if ((stats.mode & 0o700) !== 0o700) chmodSync(directory, 0o755)
  for (const entry of readdirSync(directory, { encoding: 'buffer', withFileTypes: true })) {
    if (entry.isDirectory()) openUp(join(directory, entry.name.toString('latin1')))
  }
}
