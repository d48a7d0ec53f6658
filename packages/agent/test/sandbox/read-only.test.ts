import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openAgent } from '../support/open-agent.js'
import { everyCall, runAll, type Call } from './support/every-tool.js'

const paths = [
  '.',
  'a.txt',
  'sub',
  'sub/b.txt',
  '-rf',
  '--',
  '$(rm a.txt)',
  '; rm a.txt',
  '`touch x`',
  '> a.txt',
  '| tee a.txt',
  'gone.txt',
  'link',
]

test.each(['scan', 'watch'] as const)(
  'no tool changes, makes or removes anything below the root (%s)',
  async (mode) => {
    const tree = {
      'a.txt': 'word\n',
      'sub/b.txt': 'word\n',
      '-rf': 'word\n',
      '--': 'word\n',
      '$(rm a.txt)': 'word\n',
      'empty/': '',
      link: { link: 'a.txt' },
      'outer-link': { link: '../beside.txt' },
    }
    await using open = await openAgent(tree, { cacheFreshness: mode, longLived: true, cacheEnabled: true })
    writeFileSync(join(open.outside, 'beside.txt'), 'beside\n')
    const before = [...describe(open.root), ...describe(open.outside, ['cache', 'data'])]
    const calls: Call[] = paths.flatMap((path) => [
      ...everyCall(path),
      ['grep', { pattern: path, fixed: true }],
      ['grep', { pattern: 'word', glob: path }],
      ['find', { name: path }],
      ['find', { name: '-delete' }],
      ['find', { path, name: '*' }],
      // What the ancestor handed to a shell.
      ['cat', { path, start_line: '1; rm -rf .' }],
      ['head', { path, lines: '$(rm -rf .)' }],
    ])
    const results = await runAll(open.agent, calls)
    expect(results.filter(({ ok }) => ok).length).toBeGreaterThan(50)
    await open.agent.close()
    expect([...describe(open.root), ...describe(open.outside, ['cache', 'data'])]).toEqual(before)
  },
)

test('the tools offered are those that read', async () => {
  await using open = await openAgent({})
  const names = open.agent.tools.map(({ name }) => name)
  expect(names).toEqual([
    'grep',
    'find',
    'cat',
    'head',
    'tail',
    'preview',
    'ls',
    'tree',
    'wc',
    'smart_read',
    'smart_cat',
  ])
})

/** Everything that a change would change; when something was read last is none. */
function describe(root: string, without: readonly string[] = []): string[] {
  return readdirSync(root)
    .filter((name) => !without.includes(name))
    .flatMap((name) => {
      const path = join(root, name)
      const { ino, mode, nlink, size, mtimeNs, ctimeNs } = lstatSync(path, { bigint: true })
      const own = [path, ino, mode, nlink, size, mtimeNs, ctimeNs].join(' ')
      const stats = lstatSync(path)
      if (stats.isDirectory()) return [own, ...describe(path)]
      return [stats.isFile() ? `${own} ${readFileSync(path, 'utf8')}` : own]
    })
}
