import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { SummaryReporter } from './src/summary-reporter.ts'

const workspace = fileURLToPath(new URL('../..', import.meta.url))
const conditions = ['@fsagent/source', 'module', 'node', 'development|production']

/** Its tests stop, kill and starve processes and say how long others may wait: it has the machine for itself. */
const undisturbed: ReadonlySet<string> = new Set(['@fsagent/cache-core'])

const projects = ['packages', 'apps', 'tooling']
  .flatMap((group) => readdirSync(join(workspace, group)).map((name) => join(workspace, group, name)))
  .filter((folder) => existsSync(join(folder, 'test')))
  .map((folder) => ({ folder, name: packageName(folder) }))
  .map(({ folder, name }) => ({
    resolve: { conditions },
    ssr: { resolve: { conditions, externalConditions: conditions } },
    test: {
      name,
      root: folder,
      maxWorkers: undisturbed.has(name) ? 1 : 2,
      sequence: { groupOrder: undisturbed.has(name) ? 1 : 0 },
      include: ['test/**/*.test.ts'],
      environment: 'node' as const,
      pool: 'forks' as const,
      testTimeout: 60_000,
      hookTimeout: 60_000,
      globalSetup: startsCli(folder) ? [join(workspace, 'tooling/workspace/src/bundle-cli.mjs')] : [],
    },
  }))

export default defineConfig({
  test: {
    projects,
    reporters: ['default', new SummaryReporter()],
  },
})

function startsCli(folder: string): boolean {
  return ['apps/cli', 'tooling/bench', 'tooling/workspace'].some((name) => folder === join(workspace, name))
}

function packageName(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (typeof manifest === 'object' && manifest !== null && 'name' in manifest) return String(manifest.name)
  throw new Error(`Cannot name the test project at "${folder}": package.json has no name`)
}
