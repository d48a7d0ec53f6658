import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, rmSync, unlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
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

test('what was stored for a file is forgotten too when it was deleted before a restart', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'a' } })
  await fixture.cache.getContent('a.md')
  unlinkSync(fixture.at('a.md'))
  await expect(fixture.again().getContent('./a.md')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  expect(fixture.store.stats().size).toBe(0)
})

test('a file that became a directory is an error even though it is stored', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'a' } })
  await fixture.cache.getContent('a.md')
  rmSync(fixture.at('a.md'))
  mkdirSync(fixture.at('a.md'))
  await expect(fixture.cache.getContent('a.md')).rejects.toMatchObject({ code: 'IS_A_DIRECTORY' })
  expect(fixture.store.stats().size).toBe(0)
})

/** The superuser may read everything, so that the program has to run as somebody else. */
const nobody = 65_534
const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}
const program = fileURLToPath(new URL('fixtures/revoked-permission.mjs', import.meta.url))
const reachable = spawnSync(process.execPath, ['-e', 'fs.accessSync(process.argv[1])', program], user).status === 0
const where = reachable ? '' : ' (skipped: another user cannot reach this folder)'

test.skipIf(!reachable)(`a file whose permission was revoked is never served, nor what lies below${where}`, () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'data/a/b.md': 'secret', 'cache/': '' })
  if (process.getuid?.() === 0) {
    for (const name of ['', 'data', 'data/a', 'data/a/b.md', 'cache']) chownSync(directory.join(name), nobody, nobody)
  }
  const output = execFileSync(process.execPath, [program, directory.join('data'), directory.join('cache')], user)
  const answers: string[] = JSON.parse(output.toString())
  expect(answers.slice(0, 2)).toEqual(['miss', 'hit'])
  expect([answers[2], answers[4], answers[6]]).toEqual(Array(3).fill('PERMISSION_DENIED'))
  expect([answers[3], answers[5], answers[7]]).not.toContain('PERMISSION_DENIED')
})

test('a changed mode makes the entry unusable before it is read again', async () => {
  await using fixture = await contentFixture({ tree: { 'a.md': 'a' } })
  await fixture.cache.getContent('a.md')
  chmodSync(fixture.at('a.md'), 0o640)
  expect(fixture.cache.isFresh('a.md')).toBe(false)
})
