import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { CacheWarmer } from '../src/index.js'
import { managerFixture } from './support/manager-fixture.js'

test('a cache directory below the warmed directory is not warmed with itself', async () => {
  await using fixture = await managerFixture({ 'a.md': 'a' })
  const manager = await fixture.reopen({ cacheDirectory: fixture.at('tmp/cache') })
  const report = await new CacheWarmer(manager).warmDirectory('')
  expect(report).toMatchObject({ files: 1, loaded: 1, skippedBinary: 0 })
})

test('a directory that cannot be listed is reported, and the rest is warmed', async () => {
  await using fixture = await managerFixture({ 'a.md': 'a' })
  // Deeper than the longest path that the system takes: not even the superuser can list that by its path.
  const name = 'd'.repeat(250)
  const script = `for i in $(seq 20); do mkdir ${name} && cd ${name} || exit 1; done; echo x > x.md`
  execFileSync('bash', ['-c', script], { cwd: fixture.at('') })
  try {
    const report = await new CacheWarmer(fixture.manager).warmDirectory('')
    expect(report).toMatchObject({ files: 1, loaded: 1 })
    expect(report.failed.map(({ code }) => code)).toEqual(['ENAMETOOLONG'])
    expect(report.failed[0]?.path.startsWith(`${name}/`)).toBe(true)
  } finally {
    execFileSync('rm', ['-rf', fixture.at(name)])
  }
})
