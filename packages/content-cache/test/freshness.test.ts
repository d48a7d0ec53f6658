import { readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { systemClock } from '@fsagent/cache-core'
import { mountedFileSystem, type MountKind } from '@fsagent/testing'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { contentFixture, type ContentFixture } from './support/content-fixture.js'

test('a file rewritten with the same size and its old mtime right after it was read is never answered old', async () => {
  await rewriteRightAfterReading(undefined)
})

/** File systems with coarse or odd timestamps; each needs the right to mount it. */
test.for<MountKind>(['ramfs', 'tmpfs', 'ext4-128', 'ext4-256'])(
  'a file rewritten right after it was read is never answered old on %s',
  async (kind, { skip }) => {
    using mounted = mountedFileSystem(kind)
    if (mounted.mounted) await rewriteRightAfterReading(mounted.path)
    else skip(mounted.reason)
  },
)

async function rewriteRightAfterReading(place: string | undefined): Promise<void> {
  const where = place === undefined ? {} : { place }
  await using fixture = await contentFixture({ clock: systemClock, tree: { 'a.md': '0000' }, ...where })
  const path = fixture.at('a.md')
  for (let round = 0; round < 1_000; round += 1) {
    await fixture.cache.getContent('a.md')
    const { atimeMs, mtimeMs } = statSync(path)
    const text = String(round).padStart(4, '0')
    writeFileSync(path, text)
    utimesSync(path, atimeMs / 1_000, mtimeMs / 1_000)
    const { content } = await fixture.cache.getContent('a.md')
    expect(content.text()).toBe(text)
  }
}

test('a racy entry is confirmed by its hash until a later read proves it', async () => {
  await using fixture = await contentFixture({ clock: systemClock })
  writeFileSync(fixture.at('a.md'), 'one')
  const outcomes: string[] = []
  await fixture.cache.getContent('a.md')
  do {
    outcomes.push((await fixture.cache.getContent('a.md')).cache.outcome)
    await new Promise((resolve) => setTimeout(resolve, 20))
  } while (outcomes.at(-1) === 'confirmed')
  expect(outcomes.length).toBeGreaterThan(1)
  expect(new Set(outcomes)).toEqual(new Set(['confirmed', 'hit']))
})

test('a file with a time in the future is confirmed each time and never trusted', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'one' } })
  utimesSync(fixture.at('a.md'), 4_000_000_000, 4_000_000_000)
  await fixture.cache.getContent('a.md')
  for (let round = 0; round < 3; round += 1) {
    expect((await fixture.cache.getContent('a.md')).cache.outcome).toBe('confirmed')
  }
})

type Operation = 'read' | 'write' | 'same size' | 'touch' | 'replace' | 'truncate' | 'append' | 'swap'

const operations: Record<Exclude<Operation, 'read' | 'swap'>, (path: string, salt: number) => void> = {
  write: (path, salt) => writeFileSync(path, `line ${salt}\nsecond`),
  'same size': (path, salt) => {
    const { atime, mtime, size } = statSync(path)
    writeFileSync(path, Buffer.alloc(size, 97 + (salt % 26)))
    utimesSync(path, atime, mtime)
  },
  touch: (path, salt) => utimesSync(path, salt, salt),
  replace: (path, salt) => {
    writeFileSync(`${path}.new`, `replaced ${salt}\n`)
    renameSync(`${path}.new`, path)
  },
  truncate: (path) => writeFileSync(path, ''),
  append: (path, salt) => writeFileSync(path, `more ${salt}\n`, { flag: 'a' }),
}

test('answers equal direct reads under random file operations', async () => {
  const step = fc.record({
    operation: fc.constantFrom<Operation>('read', 'read', 'write', 'same size', 'touch', 'replace', 'append', 'swap'),
    file: fc.constantFrom('a', 'b/c'),
    salt: fc.nat(1_000),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.boolean(), async (steps, old) => {
      const clock = old ? { clock: systemClock } : {}
      await using fixture = await contentFixture({ ...clock, tree: { a: 'a', 'b/c': 'c' } })
      for (const { operation, file, salt } of steps) {
        if (operation === 'swap') swap(fixture)
        else if (operation !== 'read') operations[operation](fixture.at(file), salt)
        await expectTruth(fixture, file)
      }
    }),
    { numRuns: 40 },
  )
})

function swap(fixture: ContentFixture): void {
  renameSync(fixture.at('a'), fixture.at('other'))
  renameSync(fixture.at('b/c'), fixture.at('a'))
  renameSync(fixture.at('other'), fixture.at('b/c'))
}

async function expectTruth({ cache, at }: ContentFixture, file: string): Promise<void> {
  const truth = readFileSync(at(file))
  const { content } = await cache.getContent(file)
  expect(Buffer.from(content.bytes).equals(truth)).toBe(true)
  const { bytes } = await cache.getTail(file, 1)
  expect(truth.subarray(truth.length - bytes.length).equals(bytes)).toBe(true)
  expect((await cache.getCounts(file)).bytes).toBe(truth.length)
}
