import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { publicPackages, workspace } from './workspace.js'

const packages = publicPackages()
const { stdout } = await execa('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  cwd: workspace,
})
const tracked = stdout.split('\0').filter((path) => path !== '' && existsSync(join(workspace, path)))

test('no source file is longer than 250 lines', () => {
  const sources = tracked.filter((path) => /\.(?:ts|mjs|js)$/u.test(path) && !path.startsWith('data/'))
  const long = sources.filter((path) => read(path).split('\n').length > 251)
  expect(sources.length).toBeGreaterThan(100)
  expect(long).toEqual([])
})

test('lock files hold no download addresses', () => {
  const locks = tracked.filter((path) => /(?:^|[-.])lock\.(?:yaml|json)$/u.test(path))
  expect(locks).toContain('pnpm-lock.yaml')
  expect(locks.filter((path) => /https?:\/\//u.test(read(path)))).toEqual([])
})

test('only the agreed folders stand at the top', () => {
  const allowed = new Set(['packages', 'apps', 'tooling', 'data', 'docs', 'deploy', 'examples', '.changeset', '.ci'])
  const folders = new Set(tracked.filter((path) => path.includes('/')).map((path) => path.split('/')[0] ?? ''))
  expect([...folders].filter((folder) => !allowed.has(folder))).toEqual([])
})

test.each(packages)('$name has a README of at most 100 lines and a licence', ({ directory }) => {
  expect(existsSync(join(directory, 'LICENSE'))).toBe(true)
  expect(readFileSync(join(directory, 'README.md'), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(100)
})

test.each(packages)('each error code of $name has a line in its README', ({ directory }) => {
  const readme = readFileSync(join(directory, 'README.md'), 'utf8')
  expect(errorCodes(join(directory, 'src')).filter((code) => !readme.includes(`\`${code}\``))).toEqual([])
})

test.each(packages)('index.ts of $name only re-exports, by name', ({ directory }) => {
  const code = readFileSync(join(directory, 'src', 'index.ts'), 'utf8')
  expect(code).not.toContain('export *')
  expect(code.replaceAll(/export (?:type )?\{[^}]*\} from '[^']+'|\/\*\*?.*?\*\/|\/\/.*$/gmsu, '').trim()).toBe('')
})

/** The codes that a package's error class lists: quoted upper-case words in its `*-error.ts` files. */
function errorCodes(source: string): readonly string[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('-error.ts'))
  return files.flatMap((path) =>
    [...readFileSync(join(source, path), 'utf8').matchAll(/'([A-Z]+(?:_[A-Z]+)+)'/gu)].map(([, code]) => code ?? ''),
  )
}

function read(path: string): string {
  return readFileSync(join(workspace, path), 'utf8')
}
