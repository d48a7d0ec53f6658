import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@fsagent/testing'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { workspace } from './workspace.js'

const cases = [
  { from: 'file-state', to: 'cache-core', allowed: true },
  { from: 'agent', to: 'cache-core', allowed: true },
  { from: 'cache-core', to: 'file-state', allowed: false },
  { from: 'content-cache', to: 'search-cache', allowed: false },
  { from: 'legacy-cache', to: 'cache-core', allowed: false },
  { from: 'search-cache', to: 'agent', allowed: false },
]

test.each(cases)('turbo boundaries answers $allowed for an arrow from $from to $to', async ({ from, to, allowed }) => {
  using directory = temporaryDirectory('fsagent-layers-')
  cpSync(join(workspace, 'turbo.json'), directory.join('turbo.json'))
  writeFileSync(directory.join('pnpm-workspace.yaml'), 'packages:\n  - packages/*\n')
  const { packageManager } = JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8')) as {
    packageManager: string
  }
  writeFileSync(directory.join('package.json'), JSON.stringify({ name: 'root', packageManager, private: true }))
  writePackage(directory.join('packages', to), to, {})
  writePackage(directory.join('packages', from), from, { [`@fsagent/${to}`]: 'workspace:^' })
  writeFileSync(directory.join('packages', from, 'src', 'index.ts'), `export { value } from '@fsagent/${to}'\n`)
  const result = await execa('turbo', ['boundaries'], {
    cwd: directory.path,
    reject: false,
    preferLocal: true,
    localDir: workspace,
    env: { TURBO_TELEMETRY_DISABLED: '1' },
  })
  expect(result.exitCode === 0, result.stdout + result.stderr).toBe(allowed)
})

/** A package with the manifest tags of the real one of the same name. */
function writePackage(folder: string, name: string, dependencies: Record<string, string>): void {
  mkdirSync(join(folder, 'src'), { recursive: true })
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: `@fsagent/${name}`, version: '0.0.0', dependencies }),
  )
  cpSync(join(workspace, 'packages', name, 'turbo.json'), join(folder, 'turbo.json'))
  writeFileSync(join(folder, 'src', 'index.ts'), 'export const value = 1\n')
}
