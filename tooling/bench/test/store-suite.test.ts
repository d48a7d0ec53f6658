import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('../dist/run.js', import.meta.url))

/** Rows of the targets, by how they begin. */
const targets = [
  'hit in the memory tier',
  'follower hit in its memory tier',
  'hit on disk in the owner, 1 KiB',
  'hit on disk in the owner, 16 KiB',
  'hit on disk, 256 KiB',
  'set resolved, 64 in flight, 1 KiB',
  'set, 256 KiB',
  'set at the size limit',
  'follower hit on disk, 1 KiB, alone / 32 in flight',
  'the same while the owner’s main thread is blocked',
  'four processes',
  '3 processes opening at once',
  'open of ',
  'bytes on disk, twice the limit written',
]
/** Peers that no compiler is needed for. */
const peers = ['classic-level', 'lmdb', 'cacache', 'flat-cache', 'lru-cache', 'file system']

interface Written {
  readonly date: string
  readonly machine: string
  readonly node: string
  readonly notes: readonly string[]
  readonly goals: readonly { what: string; target: string; reached: string; isMet?: boolean }[]
  readonly comparisons: readonly {
    title: string
    measurements: readonly { name: string; medianUs: number; p99Us: number; samples: number }[]
  }[]
}

// Two dozen processes start in it: seconds on an idle machine, more beside other tests.
test(
  'bench store measures every target, and writes what it found as a table and as JSON',
  { timeout: 180_000 },
  async () => {
    using folder = temporaryDirectory()
    const { stdout } = await execa(process.execPath, [program, 'store', '--smoke', '--markdown'], { cwd: folder.path })
    const written = JSON.parse(readFileSync(join(folder.path, 'bench-results', 'store.json'), 'utf8')) as Written

    expect(Number.isNaN(Date.parse(written.date))).toBe(false)
    expect(written.node).toBe(process.version)
    expect(written.machine).not.toBe('')
    for (const target of targets) {
      const goal = written.goals.find(({ what }) => what.startsWith(target))
      expect(goal, target).toBeDefined()
      expect(goal?.reached, target).toMatch(/\d/u)
      expect(stdout).toContain(`| ${goal?.what} |`)
    }
    for (const { title, measurements } of written.comparisons)
      for (const { name, medianUs, p99Us, samples } of measurements) {
        expect(samples, `${title}: ${name}`).toBeGreaterThan(0)
        expect(medianUs, `${title}: ${name}`).toBeGreaterThan(0)
        expect(p99Us, `${title}: ${name}`).toBeGreaterThanOrEqual(medianUs)
      }
    const names = new Set(written.comparisons.flatMap(({ measurements }) => measurements.map(({ name }) => name)))
    for (const peer of peers) expect(names).toContain(peer)
    for (const compiled of ['better-sqlite3', 'keyv'])
      expect(names.has(compiled) || written.notes.some((note) => note.startsWith(`Skipped ${compiled}: `))).toBe(true)
  },
)

test('bench refuses a suite that it does not know', async () => {
  const { exitCode, stderr } = await execa(process.execPath, [program, 'shop'], { reject: false })
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(/^Cannot run benchmark "shop": known ones are store, .*search/u)
})
