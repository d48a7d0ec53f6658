import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom } from '@fsagent/testing'

const WORDS =
  'cache tree index signature owner follower record scope query match repair ledger batch stamp digest walk'.split(' ')
const FILES_PER_DIRECTORY = 10
const SEED = 20_260

/** Writes a tree of text files with realistic sizes (about 4 KiB on average) from a fixed seed; one file in fifty holds `NEEDLE`. */
export function makeTree(root: string, files: number): void {
  const random = seededRandom(SEED)
  for (let index = 0; index < files; index += 1) {
    const directory = directoryOf(Math.floor(index / FILES_PER_DIRECTORY))
    if (index % FILES_PER_DIRECTORY === 0) mkdirSync(join(root, directory), { recursive: true })
    const lines = Math.ceil(-Math.log(1 - random.next()) * 80)
    const text = Array.from({ length: lines }, () => line(random))
    if (index % 50 === 7) text.push('a NEEDLE in the hay')
    writeFileSync(
      join(root, directory, `file-${index}.${random.pick(['ts', 'md', 'py', 'json'])}`),
      `${text.join('\n')}\n`,
    )
  }
}

/** A tree of folders with at most sixteen children each. */
function directoryOf(index: number): string {
  const segments: string[] = []
  for (let rest = index; rest > 0; rest = Math.floor(rest / 16)) segments.unshift(`folder-${(rest % 16).toString(16)}`)
  return join('top', ...segments)
}

function line(random: ReturnType<typeof seededRandom>): string {
  return Array.from({ length: random.integer(3, 12) }, () => random.pick(WORDS)).join(' ')
}
