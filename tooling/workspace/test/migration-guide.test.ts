import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { parseSettings } from '@fsagent/agent'
import { temporaryDirectory } from '@fsagent/testing'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { publicPackages, workspace } from './workspace.js'

const guide = readFileSync(join(workspace, 'docs/migration.md'), 'utf8')
const patienceMs = 240_000

/** What the ancestor's guide explained, in the words of this one. */
const headings = [
  'Overview',
  'What changed',
  "What's new",
  'Four parts behind one door',
  'Key features',
  'Migration steps',
  'Phase 1: Preparation',
  'Phase 2: Installation',
  'Phase 3: Configuration',
  'Phase 4: Testing',
  'Phase 5: Rollout',
  'Phase 6: Monitoring',
  'Backward compatibility',
  'Running both caches at the same time',
  'API compatibility',
  'Cache statistics format',
  'Feature comparison',
  'Timeline',
  'Rollback',
  'Questions',
  'Troubleshooting',
  'Best practices',
  'Next steps',
  'Support',
  'Additional resources',
]

/** The contents of the fenced blocks of one language, in their order. */
function blocks(language: string): readonly string[] {
  return [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text)
}

/** Installations are tried by the tests of the packed packages; here only whether there is such a package. */
const isInstallation = (line: string): boolean => line.startsWith('npm install ')

test('the guide has every part', () => {
  for (const heading of headings) expect(guide).toMatch(new RegExp(`^#+ ${heading}$`, 'm'))
})

test('what the guide installs is published', () => {
  const names = publicPackages().map(({ name }) => name)
  const installed = blocks('sh')
    .flatMap((block) => block.split('\n').filter(isInstallation))
    .flatMap((line) => line.split(' ').slice(2))
  expect(installed.length).toBeGreaterThan(0)
  expect(names).toEqual(expect.arrayContaining(installed))
})

test('every setting of the guide is one that exists and has a value that it takes', () => {
  expect(blocks('dotenv').length).toBeGreaterThan(5)
  for (const block of blocks('dotenv')) {
    const dotenv = Object.fromEntries(
      block
        .trim()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    )
    expect(parseSettings({ dotenv }).warnings).toEqual([])
  }
})

test('the statistics of the guide have the names of the real ones', async () => {
  using folder = temporaryDirectory()
  mkdirSync(folder.join('data'))
  const { createAgent } = await import('@fsagent/agent')
  await using agent = await createAgent({
    dataRoot: folder.join('data'),
    cacheDirectory: folder.join('cache'),
    cacheEnabled: true,
  })
  const [document = '{}'] = blocks('json')
  expect(nested(agent.getCacheStats())).toEqual(expect.arrayContaining([...nested(JSON.parse(document))]))
})

test(
  'every shell command of the guide does what it says, in the order of the page',
  { timeout: patienceMs },
  async () => {
    using folder = temporaryDirectory()
    cpSync(join(workspace, 'data'), folder.join('data'), { recursive: true })
    mkdirSync(folder.join('bin'))
    symlinkSync(join(workspace, 'apps/cli/bin/fs-agent.js'), folder.join('bin/fs-agent'))
    symlinkSync(join(workspace, 'apps/agent-server/bin/fsagent-server.js'), folder.join('bin/fsagent-server'))
    writeFileSync(folder.join('.env'), blocks('dotenv')[0] ?? '')
    const port = await freePort()
    const env = { PATH: `${folder.join('bin')}${delimiter}${process.env['PATH']}`, HOME: folder.path, NO_COLOR: '1' }
    let printed = ''
    for (const [index, block] of blocks('sh').entries()) {
      // The second phase writes the settings of v3 over those of v2.
      if (index === 3) writeFileSync(folder.join('.env'), blocks('dotenv')[1] ?? '')
      const lines = block.split('\n').filter((line) => !isInstallation(line))
      const script = `set -e\n${lines.join('\n').replaceAll('8000', String(port))}`
      const result = await execa('sh', ['-c', script], { cwd: folder.path, env, extendEnv: false, reject: false })
      expect(result.exitCode, `${block}\n${result.stderr}`).toBe(0)
      printed += `${result.stdout}\n`
    }
    expect(printed).toMatch(/^700$/m)
    // Only v3 says how it proved what it answered.
    expect(printed).toMatch(/"outcome":"(hit|confirmed)","tier":"(memory|disk)","verified_by":"(stat|hash|scan|watch)"/)
    expect(printed).toMatch(/"new_cache"/)
  },
)

test.each([
  ['cache-test', [], /All tests passed/],
  ['benchmark-migration', [join(workspace, 'data')], /Search for TODO/],
  ['monitor', ['--data-root', join(workspace, 'data'), '--times', '2', '--every', '0'], /"role":"owner"/],
  ['monitor', ['--data-root', join(workspace, 'data'), '--times', '1', '--share', '0'], /"new_cache"/],
])('the example %s works as it stands', { timeout: patienceMs }, async (name, args, expected) => {
  using folder = temporaryDirectory()
  const script = join(workspace, 'examples/dist', `${name}.js`)
  const { stdout } = await execa(process.execPath, [script, ...args], { cwd: folder.path })
  expect(stdout).toMatch(expected)
})

/** The names of all fields, with the path to them. */
function nested(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, field]) => nested(field, `${path}.${name}`))
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
