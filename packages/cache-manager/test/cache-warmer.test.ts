import { execFileSync } from 'node:child_process'
import { symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CacheWarmer, type WarmProgress } from '../src/index.js'
import { managerFixture, type ManagerFixture } from './support/manager-fixture.js'

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

const tree = {
  'readme.md': '# Read me\n',
  'image.png': png,
  'docs/guide.md': 'guide\n',
  'docs/data.bin': 'text in spite of its name\n',
  'docs/notes': 'no ending\n',
  'docs/table.csv': Buffer.from([0, 1, 2]),
  'docs/latin.html': Buffer.from('caf\u00e9', 'latin1'),
  'docs/wide.txt': Buffer.from('\ufeffwide\n', 'utf16le'),
  'docs/.hidden.md': 'hidden\n',
  'docs/deep/er/x.py': 'print()\n',
  'node_modules/pkg/index.js': '1\n',
  'docs/.git/config': 'x\n',
}

const textBelowDocs = ['.hidden.md', 'data.bin', 'deep/er/x.py', 'guide.md', 'notes', 'wide.txt']

function fresh({ manager }: ManagerFixture, paths: readonly string[]): string[] {
  return paths.filter((path) => manager.contentCache.isFresh(path))
}

test('warmDirectory() loads text, known by its content, and leaves the rest', async () => {
  await using fixture = await managerFixture(tree)
  const report = await new CacheWarmer(fixture.manager).warmDirectory('.')
  expect(report).toMatchObject({ files: 10, loaded: 7, alreadyFresh: 0, skippedBinary: 3, skippedLarge: 0, failed: [] })
  const text = ['readme.md', ...textBelowDocs.map((path) => `docs/${path}`)]
  expect(fresh(fixture, Object.keys(tree)).sort()).toEqual(text.sort())
  expect(report.bytes).toBe(text.reduce((sum, path) => sum + Buffer.from(Reflect.get(tree, path)).length, 0))
  expect(fixture.manager.persistentCache?.namespace('content').stats().size).toBe(7)
})

test('warmDirectory() again finds everything fresh, after a change only what changed is loaded', async () => {
  await using fixture = await managerFixture(tree)
  const warmer = new CacheWarmer(fixture.manager)
  await warmer.warmDirectory('docs')
  expect(await warmer.warmDirectory('docs')).toMatchObject({ loaded: 0, alreadyFresh: 6, skippedBinary: 2 })
  writeFileSync(fixture.at('docs/guide.md'), 'changed\n')
  expect(await warmer.warmDirectory('docs')).toMatchObject({ loaded: 1, alreadyFresh: 5, bytes: 8 })
})

test.each([
  ['*.md', true, ['docs/.hidden.md', 'docs/guide.md', 'readme.md']],
  ['*.md', false, ['readme.md']],
  ['**/*.{md,py}', true, ['docs/.hidden.md', 'docs/deep/er/x.py', 'docs/guide.md', 'readme.md']],
  ['docs/*', true, ['docs/.hidden.md', 'docs/data.bin', 'docs/guide.md', 'docs/notes', 'docs/wide.txt']],
  ['{docs,nothing}/deep/**', true, ['docs/deep/er/x.py']],
  ['*.nothing', true, []],
])('warmDirectory() with the pattern %s, recursive: %s', async (pattern, recursive, expected) => {
  await using fixture = await managerFixture(tree)
  await new CacheWarmer(fixture.manager).warmDirectory('', { pattern, recursive })
  expect(fresh(fixture, Object.keys(tree)).sort()).toEqual(expected)
})

test.each(['', '../*', '/etc/*', 'docs/../../*', '{docs,..}/*', '{/etc,docs}/*'])(
  'warmDirectory() refuses the pattern "%s"',
  async (pattern) => {
    await using fixture = await managerFixture(tree)
    const warming = new CacheWarmer(fixture.manager).warmDirectory('docs', { pattern })
    await expect(warming).rejects.toMatchObject({ code: 'WARM_PATTERN_INVALID' })
  },
)

test('names that are skipped count below the directory, not in its parents', async () => {
  await using fixture = await managerFixture(tree)
  const report = await new CacheWarmer(fixture.manager).warmDirectory('node_modules/pkg')
  expect(report).toMatchObject({ files: 1, loaded: 1 })
})

test('warmDirectory() follows no links, and a link to the directory itself is its directory', async () => {
  await using fixture = await managerFixture({ 'docs/a.md': 'a', 'outside/': '' })
  symlinkSync('/etc', fixture.at('docs/etc'))
  symlinkSync('a.md', fixture.at('docs/b.md'))
  symlinkSync('docs', fixture.at('link'))
  const report = await new CacheWarmer(fixture.manager).warmDirectory('link')
  expect(report).toMatchObject({ files: 1, loaded: 1, failed: [] })
})

test.each([
  ['missing', 'FILE_NOT_FOUND'],
  ['readme.md', 'NOT_A_DIRECTORY'],
  ['..', 'PATH_OUTSIDE_ROOT'],
  ['/etc', 'PATH_OUTSIDE_ROOT'],
])('warmDirectory("%s") is refused with %s', async (directory, code) => {
  await using fixture = await managerFixture(tree)
  await expect(new CacheWarmer(fixture.manager).warmDirectory(directory)).rejects.toMatchObject({ code })
})

test('a dry run stores nothing and says what would be loaded', async () => {
  await using fixture = await managerFixture(tree)
  const warmer = new CacheWarmer(fixture.manager)
  const dry = await warmer.warmDirectory('', { dryRun: true })
  expect(fixture.manager.persistentCache?.namespace('content').stats().size).toBe(0)
  const { durationMs: _dry, ...expected } = dry
  expect(await warmer.warmDirectory('')).toMatchObject(expected)
})

test('files above maxFileSize are skipped whatever their name', async () => {
  const large = { 'a.log': 'x'.repeat(2_000), 'b.bin': 'x'.repeat(2_000), 'c.log': 'x' }
  await using fixture = await managerFixture(large, { maxFileSize: 1_000 })
  expect(await new CacheWarmer(fixture.manager).warmDirectory('')).toMatchObject({ loaded: 1, skippedLarge: 2 })
})

test('onProgress is told about each file in turn', async () => {
  await using fixture = await managerFixture(tree)
  const told: WarmProgress[] = []
  await new CacheWarmer(fixture.manager).warmDirectory('', { onProgress: (progress) => told.push(progress) })
  expect(told.map(({ done, total }) => `${done}/${total}`)).toEqual(told.map((_, index) => `${index + 1}/10`))
  expect(told.map(({ path }) => path)).toContain('docs/guide.md')
})

test('an aborted warm-up reports how far it came', async () => {
  await using fixture = await managerFixture(tree)
  const controller = new AbortController()
  const report = await new CacheWarmer(fixture.manager).warmDirectory('', {
    concurrency: 1,
    signal: controller.signal,
    onProgress: ({ done }) => done === 3 && controller.abort(),
  })
  expect(report.aborted).toBe(true)
  expect(report.loaded + report.skippedBinary).toBe(3)
})

test('warmFiles() reports what fails and loads the rest', async () => {
  await using fixture = await managerFixture(tree)
  execFileSync('mkfifo', [fixture.at('pipe')])
  unlinkSync(fixture.at('readme.md'))
  const paths = ['docs/guide.md', 'readme.md', 'docs', 'pipe', '../x', fixture.at('docs/notes')]
  const report = await new CacheWarmer(fixture.manager).warmFiles(paths, { concurrency: 2 })
  expect(report).toMatchObject({ files: 6, loaded: 2, alreadyFresh: 0 })
  expect(report.failed.map(({ path, code }) => `${path} ${code}`)).toEqual([
    '../x PATH_OUTSIDE_ROOT',
    'docs IS_A_DIRECTORY',
    'pipe NOT_A_REGULAR_FILE',
    'readme.md FILE_NOT_FOUND',
  ])
})

test.each([0, 1.5, 1_001])('a concurrency of %d is refused', async (concurrency) => {
  await using fixture = await managerFixture({})
  await expect(new CacheWarmer(fixture.manager).warmDirectory('', { concurrency })).rejects.toThrow(RangeError)
})

test('a cache that is off or cannot be written cannot be warmed', async () => {
  await using fixture = await managerFixture({}, { enabled: false })
  const warming = new CacheWarmer(fixture.manager).warmFiles(['a'])
  await expect(warming).rejects.toMatchObject({ code: 'CACHE_NOT_ENABLED' })
  writeFileSync(fixture.outside('file'), '')
  const degraded = await fixture.reopen({ enabled: true, cacheDirectory: fixture.outside('file/cache') })
  await expect(new CacheWarmer(degraded).warmFiles(['a'])).rejects.toMatchObject({ code: 'CACHE_NOT_WRITABLE' })
})
