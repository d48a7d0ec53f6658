import { mkdirSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Agent } from '../../src/agent.js'
import { openAgent } from '../support/open-agent.js'
import { codeOf, naiveTools } from './support/naive-tools.js'

/** Names that are options, patterns, commands or several lines to whoever is careless, and the innocent ones beside. */
const hostileNames = [
  '-n',
  '-rf',
  '--help',
  '--file=other',
  '-e',
  '--',
  '-',
  'line\nbreak',
  'a.txt:1:forged\nx',
  '\n',
  "single'quote",
  'double"quote',
  '`id`',
  '$(id)',
  ';id;',
  '|id',
  '&',
  '*',
  '?',
  '[',
  '[a]',
  '{a,b}',
  '!',
  '#',
  '~',
  '%s',
  '\\',
  'back\\slash',
  ' ',
  ' lead and trail ',
  '\t',
  '\r',
  '\u202Etxt.exe',
  '\u200F\u200E',
  '\uFEFFmark',
  'e\u0301',
  '\u00E9',
  '😀',
  'con',
  '...',
  'ä\u2028b',
  '\u001B[31mred',
] as const
/** As Node names bytes that are not UTF-8; what a system with such names gives is `\xff\xfe` and `caf\xe9`. */
const brokenNames = ['\uDCFF\uDCFE', 'caf\uDCE9.txt', '\uDCC0\uDC80']
const names = [...hostileNames, ...brokenNames]
const textOf = (index: number): string => `content number ${index} end\n`

/** Every name as a file and as a directory with a file. */
function writeHostileNames(root: string): void {
  for (const [index, name] of names.entries()) {
    const bytes = Buffer.concat(
      Array.from(name, (character) =>
        /^[\uDC80-\uDCFF]$/.test(character) ? Buffer.of(character.charCodeAt(0) & 0xff) : Buffer.from(character),
      ),
    )
    const path = (directory: string): Buffer => Buffer.concat([Buffer.from(`${root}/${directory}/`), bytes])
    writeFileSync(path('files'), textOf(index))
    mkdirSync(path('directories'))
    writeFileSync(Buffer.concat([path('directories'), Buffer.from('/inner.txt')]), textOf(index))
  }
}

test('every tool takes a hostile name for the very file or directory that has it, and for no other', async () => {
  await using open = await openAgent({ 'files/': '', 'directories/': '' })
  writeHostileNames(open.root)
  for (const [index, name] of names.entries()) {
    const file = `files/${name}`
    const shown = JSON.stringify(name)
    expect(await open.agent.runTool('cat', { path: file }), shown).toMatchObject({ ok: true, text: textOf(index) })
    expect(await pathsOf(open.agent, 'ls', { path: `directories/${name}` }), shown).toEqual([
      `directories/${name}/inner.txt`,
    ])
  }
  const found = await pathsOf(open.agent, 'grep', { pattern: 'content', limit: 0 })
  expect([...found].sort()).toEqual(names.flatMap((name) => [`directories/${name}/inner.txt`, `files/${name}`]).sort())
  for (const name of ['-n', '--file=other', '\n', '*', '[a]', ...brokenNames]) {
    expect(await pathsOf(open.agent, 'grep', { pattern: 'content', path: `files/${name}` })).toEqual([`files/${name}`])
  }
})

test('every name that a listing gives opens the file that it stands for', async () => {
  await using open = await openAgent({ 'files/': '', 'directories/': '' })
  writeHostileNames(open.root)
  const listed = await pathsOf(open.agent, 'ls', { path: 'files', limit: 0 })
  expect([...listed].sort()).toEqual(names.map((name) => `files/${name}`).sort())
  expect([...(await pathsOf(open.agent, 'find', { path: 'files', limit: 0 }))].sort()).toEqual([...listed].sort())
  for (const path of listed) {
    // What goes to a model and comes back from it is JSON.
    const given: unknown = JSON.parse(JSON.stringify({ path }))
    const { text } = await open.agent.runTool('head', given)
    expect(text, JSON.stringify(path)).toBe(textOf(names.findIndex((name) => `files/${name}` === path)))
  }
})

test.each([['-n'], ['--help'], ['-']])('a naive cat takes the name %j for an option or for its input', async (name) => {
  await using open = await openAgent({ [name]: 'content\n' })
  const naive = naiveTools(open.root)
  expect(naive.cat(name)).not.toBe('content\n')
  expect(await open.agent.runTool('cat', { path: name })).toMatchObject({ text: 'content\n' })
})

test('a pattern that begins with a dash is a pattern, where a naive grep reads a file outside with it', async () => {
  await using open = await openAgent({ 'a.txt': 'one --file=x\nsecret word\n', x: 'x' })
  writeFileSync(`${open.outside}/words`, 'secret word\n')
  const pattern = `--file=${open.outside}/words`
  // The naive grep tells which lines of a file outside there are.
  expect(naiveTools(open.root).grep(pattern)).toEqual([{ path: 'a.txt', text: 'secret word' }])
  expect(await open.agent.runTool('grep', { pattern })).toMatchObject({ ok: true, total: 0 })
  expect(await open.agent.runTool('grep', { pattern: '--file=x' })).toMatchObject({ total: 1 })
  expect(await open.agent.runTool('grep', { pattern: 'o', glob: '--pre=./x' })).toMatchObject({ ok: true, total: 0 })
})

test('names with line breaks and colons keep their matches, where a naive grep forges some', async () => {
  await using open = await openAgent({ 'a.txt:1:forged\nx': 'word\n', 'b\nc.txt:9:forged': 'word\n' })
  expect(naiveTools(open.root).grep('word')).toContainEqual({ path: 'a.txt', text: 'forged' })
  const { data } = await open.agent.runTool('grep', { pattern: 'word' })
  expect(data).toMatchObject({
    matches: [
      { path: 'a.txt:1:forged\nx', line: 1, text: 'word' },
      { path: 'b\nc.txt:9:forged', line: 1, text: 'word' },
    ],
  })
})

test('a `*` in a path is a character, and one in a pattern for names stops at nothing outside', async () => {
  await using open = await openAgent({ '*.txt': 'star\n', 'a.txt': 'a\n', '[a].txt': 'set\n' })
  expect(await open.agent.runTool('cat', { path: '*.txt' })).toMatchObject({ text: 'star\n' })
  expect(await open.agent.runTool('cat', { path: '[a].txt' })).toMatchObject({ text: 'set\n' })
  expect(await open.agent.runTool('cat', { path: '?.txt' })).toMatchObject({ error: { code: 'FILE_NOT_FOUND' } })
  // To find a file of that very name, a naive find would have to know that it takes patterns.
  expect(naiveTools(open.root).find('[a].txt')).toEqual(['a.txt'])
  expect(await pathsOf(open.agent, 'find', { name: '\\[a\\].txt' })).toEqual(['[a].txt'])
  for (const name of ['../*', '/etc/*', '**/../../*']) {
    expect(JSON.stringify((await open.agent.runTool('find', { name })).data), name).not.toContain('cache')
  }
  expect(codeOf(() => naiveTools(open.root).cat('*.md'))).toBeDefined()
})

/** The paths that a result names. */
async function pathsOf(agent: Agent, tool: string, given: object): Promise<readonly string[]> {
  const { data, error } = await agent.runTool(tool, given)
  if (error !== null) return [error.code]
  const rows = Object.values(Object(data)).find((value) => Array.isArray(value)) ?? []
  return rows.map((row: unknown) =>
    typeof row === 'object' && row !== null && 'path' in row ? String(row.path) : String(row),
  )
}
