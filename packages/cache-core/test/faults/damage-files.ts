import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { SeededRandom } from '@fsagent/testing'

const pageBytes = 4096

/** What a fault can do to a file. */
const damages: Readonly<Record<string, (path: string, random: SeededRandom) => void>> = {
  'flipped bits': (path, random) => changeBytes(path, (bytes) => flipBits(bytes, random)),
  'a zeroed page': (path, random) => changeBytes(path, (bytes) => zeroPage(bytes, random)),
  'its end cut off': (path, random) => truncateSync(path, random.integer(0, Math.max(0, statSync(path).size - 1))),
  'all of it cut off': (path) => truncateSync(path, 0),
  'garbage behind it': (path, random) => appendFileSync(path, noise(random, random.integer(1, 2 * pageBytes))),
  'garbage in its place': (path, random) => writeFileSync(path, noise(random, random.integer(1, 2 * pageBytes))),
  deletion: (path) => rmSync(path),
  'a directory in its place': (path) => {
    rmSync(path)
    mkdirSync(path)
  },
  'a broken link in its place': (path) => {
    rmSync(path)
    symlinkSync(`${path}.nowhere`, path)
  },
}

/** Folders that a file may take the place of. */
const folders = ['election', 'db-v1', 'blobs'] as const

/** Damages one to three files of a closed cache; answers what was done. Every kind of file has the same chance. */
export function damageFiles(directory: string, random: SeededRandom): string {
  const done: string[] = []
  if (random.next() < 0.05) {
    const folder = random.pick(folders)
    rmSync(join(directory, folder), { recursive: true })
    writeFileSync(join(directory, folder), '')
    return `${folder}: a file in its place`
  }
  for (let left = random.pick([1, 1, 1, 2, 3]); left > 0; left -= 1) {
    const byKind = filesByKind(directory)
    const kind = random.pick([...byKind.keys()])
    const name = random.pick(byKind.get(kind) ?? [])
    const damage = random.pick(Object.keys(damages))
    damages[damage]?.(join(directory, name), random)
    done.push(`${name}: ${damage}`)
  }
  return done.join(', ')
}

/** The kinds of files that a cache has, by what stands in for the changing part of their names. */
function filesByKind(directory: string): ReadonlyMap<string, string[]> {
  const byKind = new Map<string, string[]>()
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!statSync(join(directory, name), { throwIfNoEntry: false })?.isFile()) continue
    const kind = name.startsWith('blobs') ? 'blobs' : name.replace(/\d{6}/u, 'N')
    byKind.set(kind, [...(byKind.get(kind) ?? []), name])
  }
  return byKind
}

function changeBytes(path: string, change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(path)
  if (bytes.length === 0) return
  change(bytes)
  writeFileSync(path, bytes)
}

function flipBits(bytes: Buffer, random: SeededRandom): void {
  for (let left = random.integer(1, 8); left > 0; left -= 1) {
    const offset = random.integer(0, bytes.length - 1)
    bytes[offset] = (bytes[offset] ?? 0) ^ (1 << random.integer(0, 7))
  }
}

function zeroPage(bytes: Buffer, random: SeededRandom): void {
  const start = random.integer(0, Math.floor((bytes.length - 1) / pageBytes)) * pageBytes
  bytes.fill(0, start, Math.min(bytes.length, start + pageBytes))
}

function noise(random: SeededRandom, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.integer(0, 255)))
}
