import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@fsagent/testing'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { startProviderServer } from './provider-server.js'
import { publicPackages, workspace } from './workspace.js'

const compiler = join(workspace, 'node_modules', 'typescript', 'bin', 'tsc')
const options = {
  target: 'es2023',
  lib: ['es2023', 'esnext.disposable'],
  module: 'nodenext',
  strict: true,
  skipLibCheck: true,
  types: ['node'],
  outDir: 'out',
}

/** Where an example that names a provider must have asked its question. */
const providerAddresses = {
  azure: 'https://name.openai.azure.com/openai/v1/chat/completions',
  openai: 'https://api.openai.com/v1/chat/completions',
  anthropic: 'https://api.anthropic.com/v1/messages',
  'openai-compatible': 'http://127.0.0.1:11434/v1/chat/completions',
}

const examples = [
  { title: 'README.md', file: join(workspace, 'README.md') },
  ...publicPackages().map(({ name, directory }) => ({ title: name, file: join(directory, 'README.md') })),
  ...readdirSync(join(workspace, 'docs')).map((name) => ({
    title: `docs/${name}`,
    file: join(workspace, 'docs', name),
  })),
].flatMap(({ title, file }) =>
  typescriptBlocks(file).map((code, index) => ({ title: `${title} example ${index + 1}`, code })),
)

test('the README files hold examples for every library', () => {
  expect(examples.length).toBeGreaterThanOrEqual(publicPackages().length)
})

test.each(examples)('$title type-checks and runs', async ({ code }) => {
  using directory = temporaryDirectory('fsagent-readme-')
  mkdirSync(directory.join('node_modules', '@fsagent'), { recursive: true })
  for (const { name, directory: folder } of publicPackages()) symlinkSync(folder, directory.join('node_modules', name))
  for (const name of ['@types', 'ai', 'keyv', 'memory-level', 'zod'])
    linkDependency(name, directory.join('node_modules', name))
  writeFileSync(directory.join('package.json'), '{ "type": "module" }')
  writeFileSync(directory.join('example.ts'), code)
  writeFileSync(directory.join('tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['example.ts'] }))
  const compiled = await execa(process.execPath, [compiler, '-p', '.'], { cwd: directory.path, reject: false })
  expect(compiled.stdout).toBe('')
  await using providers = await startProviderServer()
  const { exitCode, stderr } = await execa(process.execPath, [...providers.nodeOptions, 'out/example.js'], {
    cwd: directory.path,
    env: providers.environment,
    reject: false,
    timeout: 60_000,
  })
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 })
  for (const [name, address] of Object.entries(providerAddresses))
    if (code.includes(`modelProvider: '${name}'`)) expect(providers.asked).toContain(address)
})

test.each(['@fsagent/agent', 'docs/models.md'])('%s asks every provider in an example', (title) => {
  const codes = examples.filter((example) => example.title.startsWith(`${title} `)).map(({ code }) => code)
  for (const name of [...Object.keys(providerAddresses), 'planner'])
    expect(codes.join('')).toContain(`modelProvider: '${name}'`)
})

function typescriptBlocks(file: string): readonly string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^```ts\n(.*?)^```$/gmsu)].map(([, code]) => code ?? '')
}

/** Examples may import what a package depends on, as a user who installed that package could. */
function linkDependency(name: string, link: string): void {
  const homes = [workspace, ...publicPackages().map(({ directory }) => directory)]
  const home = homes.map((folder) => join(folder, 'node_modules', name)).find((folder) => existsSync(folder))
  if (home !== undefined) symlinkSync(home, link)
}
