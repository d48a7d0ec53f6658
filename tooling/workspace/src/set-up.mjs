import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of the repository. */
export const workspace = fileURLToPath(new URL('../../..', import.meta.url))

const binaries = join(workspace, 'node_modules', '.bin')
const stampFile = join(workspace, 'node_modules', '.fsagent-installed')

/** Runs a program of the workspace; answers its exit code and prints nothing of its own. */
export function runProgram(command, args, options = {}) {
  const { env, ...rest } = options
  const result = spawnSync(command, args, {
    cwd: workspace,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH}`, TURBO_TELEMETRY_DISABLED: '1', ...env },
    ...rest,
  })
  if (result.error) throw new Error(`Cannot run "${command}": ${result.error.message}`)
  return result.status ?? 1
}

/** Installs the locked dependencies unless they already stand; needs the package registry only when it installs. */
export function install() {
  const stamp = installationStamp()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  const { packageManager } = JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8'))
  console.error(`Installing the locked dependencies with ${packageManager} (first run only)`)
  const status = runProgram(
    'npx',
    ['--yes', packageManager, 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'],
    {
      stdio: ['ignore', 2, 2],
    },
  )
  if (status !== 0) throw new Error(`Cannot install dependencies: ${packageManager} ended with exit code ${status}`)
  writeFileSync(stampFile, stamp)
}

/** Builds what the named folders need, and nothing that is up to date; no folders means everything. */
export function build(folders = []) {
  const status = runProgram(process.execPath, [
    join(workspace, 'node_modules', 'typescript', 'bin', 'tsc'),
    '-b',
    ...folders,
  ])
  if (status !== 0) throw new Error(`Cannot build: the compiler ended with exit code ${status}`)
}

/** What the installation depends on: the lock file, every manifest it covers, and the Node version. */
function installationStamp() {
  const hash = createHash('sha256').update(process.version)
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'])
    hash.update(readFileSync(join(workspace, file)))
  return hash.digest('hex')
}
