import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, unlinkSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contentFixture } from './support/content-fixture.js'

test.each([
  ['a file that is not there', 'missing.md', 'FILE_NOT_FOUND'],
  ['a directory', 'place', 'IS_A_DIRECTORY'],
  ['the root', '', 'IS_A_DIRECTORY'],
  ['a path below a file', 'a.md/b', 'NOT_A_DIRECTORY'],
  ['a path that climbs out', '../outside.md', 'PATH_OUTSIDE_ROOT'],
  ['an absolute path elsewhere', '/etc/hostname', 'PATH_OUTSIDE_ROOT'],
  ['a link that leads out', 'out.md', 'PATH_OUTSIDE_ROOT'],
  ['a NUL in the path', 'a\0.md', 'PATH_INVALID'],
  ['a link to itself', 'loop', 'SYMLINK_LOOP'],
  ['a FIFO', 'pipe', 'NOT_A_REGULAR_FILE'],
])('getContent() of %s is an error with a code', async (_name, path, code) => {
  const tree = { 'a.md': 'a', 'out.md': { link: '/etc/hostname' }, loop: { link: 'loop' } }
  await using fixture = await contentFixture({ tree })
  execFileSync('mkfifo', [fixture.at('pipe')])
  await expect(fixture.cache.getContent(path)).rejects.toMatchObject({ code })
  await expect(fixture.cache.getLines(path, { start: 1 })).rejects.toMatchObject({ code })
})

test('a file that was deleted is an error even though it is stored, and what was stored is forgotten', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'a' } })
  await fixture.cache.getContent('a.md')
  unlinkSync(fixture.at('a.md'))
  await expect(fixture.cache.getContent('a.md')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  expect(fixture.store.stats().size).toBe(0)
})

test('a file that became a directory is an error even though it is stored', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'a' } })
  await fixture.cache.getContent('a.md')
  rmSync(fixture.at('a.md'))
  mkdirSync(fixture.at('a.md'))
  await expect(fixture.cache.getContent('a.md')).rejects.toMatchObject({ code: 'IS_A_DIRECTORY' })
})

const superuser = process.getuid?.() === 0

test.skipIf(superuser)('a file whose permission was revoked is never served (skipped for the superuser)', async () => {
  await using fixture = await contentFixture({ tree: { 'a/b.md': 'secret' } })
  await fixture.cache.getContent('a/b.md')
  chmodSync(fixture.at('a/b.md'), 0o000)
  await expect(fixture.cache.getContent('a/b.md')).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
  chmodSync(fixture.at('a/b.md'), 0o600)
  await fixture.cache.getContent('a/b.md')
  chmodSync(fixture.at('a'), 0o000)
  await expect(fixture.cache.getContent('a/b.md')).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
  chmodSync(fixture.at('a'), 0o700)
})

test('a changed mode makes the entry unusable before it is read again', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'a' } })
  await fixture.cache.getContent('a.md')
  chmodSync(fixture.at('a.md'), 0o640)
  expect(fixture.cache.isFresh('a.md')).toBe(false)
})
