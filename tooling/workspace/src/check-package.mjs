import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Packs the package in the current folder as it would be published and checks the tarball, not the folder. */
const directory = mkdtempSync(join(tmpdir(), 'fsagent-pack-'))
const binaries = fileURLToPath(new URL('../node_modules/.bin/', import.meta.url))
try {
  run('pnpm', ['pack', '--pack-destination', directory])
  const tarball = join(directory, readdirSync(directory).find((name) => name.endsWith('.tgz')) ?? '')
  run(join(binaries, 'publint'), ['run', tarball, '--strict'])
  run(join(binaries, 'attw'), [tarball, '--profile', 'esm-only', '--no-emoji'])
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  rmSync(directory, { recursive: true, force: true })
}

function run(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8' })
  if (result.error) throw new Error(`Cannot run "${command}": ${result.error.message}`)
  if (result.status !== 0)
    throw new Error(`Cannot accept package at "${process.cwd()}": ${command} says\n${result.stdout}${result.stderr}`)
}
