import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { temporaryDirectory } from '@fsagent/testing'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { node24Path, publicPackages, workspace } from './workspace.js'

const packages = publicPackages()
const directory = temporaryDirectory('fsagent-packed-')
const project = directory.join('project')
/** Every name that a user can import, those below a package's name too. */
const entries = packages.flatMap(({ name, manifest }) =>
  Object.keys(manifest.exports ?? {})
    .filter((path) => path !== './package.json')
    .map((path) => name + path.slice(1)),
)
const tarballs = new Map<string, string>()
const runtimes = [
  { name: 'this Node', path: process.execPath },
  { name: 'Node 24', path: node24Path() },
]

beforeAll(async () => {
  for (const { name, directory: folder } of packages) tarballs.set(name, await pack(name, folder))
  mkdirSync(project)
  const files = Object.fromEntries([...tarballs].map(([name, file]) => [name, `file:${file}`]))
  const manifest = { name: 'a-user', private: true, type: 'module', dependencies: files, overrides: overridesOf(files) }
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
  await execa(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'],
    {
      cwd: project,
    },
  )
}, 300_000)

afterAll(() => directory[Symbol.dispose]())

test.each(packages.map(({ name }) => name))('%s is installed from its tarball and from nowhere else', (name) => {
  expect(readdirSync(join(project, 'node_modules', name))).toEqual(
    expect.arrayContaining(['dist', 'package.json', 'README.md', 'LICENSE']),
  )
  expect(readdirSync(join(project, 'node_modules', name))).not.toContain('src')
})

for (const { name: runtime, path } of runtimes) {
  test.skipIf(path === undefined)(
    `every packed package and each of its entry points imports under ${runtime}`,
    async () => {
      const script = entries.map(
        (name, index) => `import * as m${index} from '${name}'\nconsole.log('${name}', Object.keys(m${index}).length)`,
      )
      writeFileSync(join(project, 'import-all.mjs'), script.join('\n'))
      const { stdout } = await execa(path ?? '', ['import-all.mjs'], { cwd: project })
      expect(entries).toContain('@fsagent/cache-core/keyv')
      for (const name of entries) expect(stdout).toMatch(new RegExp(`^${name} [1-9]\\d*$`, 'mu'))
    },
  )

  test.skipIf(path === undefined)(`the packed fs-agent searches real files under ${runtime}`, async () => {
    mkdirSync(join(project, 'data'), { recursive: true })
    writeFileSync(join(project, 'data', 'note.md'), 'first\nremember the milk\n')
    const bin = join(project, 'node_modules', 'fs-agent', 'bin', 'fs-agent.js')
    const args = ['tool', 'grep', 'milk', '--data-root', 'data', '--cache-directory', `cache-${basename(path ?? '')}`]
    const cold = await execa(path ?? '', [bin, ...args], { cwd: project })
    const warm = await execa(path ?? '', [bin, ...args, '--json'], { cwd: project })
    expect(cold.stdout).toBe('note.md:2:remember the milk')
    expect(JSON.parse(warm.stdout)).toMatchObject({
      ok: true,
      total: 1,
      data: { matches: [{ path: 'note.md', line: 2 }] },
    })
  })
}

async function pack(name: string, folder: string): Promise<string> {
  const destination = directory.join('tarballs', name.replaceAll('/', '-'))
  mkdirSync(destination, { recursive: true })
  await execa('pnpm', ['pack', '--pack-destination', destination], {
    cwd: folder,
    preferLocal: true,
    localDir: workspace,
  })
  const [file] = readdirSync(destination)
  if (file === undefined) throw new Error(`Cannot pack "${name}": no tarball was written`)
  return join(destination, file)
}

/** npm must take the packages from the tarballs wherever they depend on each other. */
function overridesOf(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(files).map((name) => [name, `$${name}`]))
}
