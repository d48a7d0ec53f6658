import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundleCli } from './bundle-cli.mjs'
import { build, install, runProgram, workspace } from './set-up.mjs'

const cli = join(workspace, 'apps/cli/bin/fs-agent.js')
const server = join(workspace, 'apps/agent-server/bin/fsagent-server.js')
const startedIn = process.env.INIT_CWD ?? process.cwd()

const checks = ['types', 'lint', 'format', 'layers', 'unused', 'versions'].map((name) => `//#check:${name}`)

/** What each `npm run` command of the repository does once the dependencies stand. */
const commands = {
  demo: {
    builds: ['apps/cli', 'tooling/bench'],
    run: (args) => node(join(workspace, 'tooling/bench/dist/demo.js'), args),
  },
  start: { builds: ['apps/agent-server'], run: (args) => node(server, args, { cwd: startedIn }) },
  'fs-agent': { builds: ['apps/cli'], run: (args) => node(cli, args, { cwd: startedIn }) },
  bench: {
    builds: ['apps/cli', 'tooling/bench'],
    run: (args) => node(join(workspace, 'tooling/bench/dist/run.js'), args),
  },
  questions: {
    builds: ['packages/agent'],
    run: (args) => node(join(workspace, 'packages/agent/questions/score.mjs'), args),
  },
  example: { builds: ['examples'], run: (args) => example(args) },
  oracle: { builds: ['packages/agent'], run: (args) => oracle(args) },
  faults: { builds: ['packages/cache-core', 'tooling/testing'], run: (args) => faults(args) },
  sandbox: { builds: ['packages/agent'], run: (args) => sandbox(args) },
  check: { builds: [], run: () => runChecks() },
  test: { builds: [], run: (args) => runChecks() || vitest(args) },
}

const [name, ...args] = process.argv.slice(2)
const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined
if (command === undefined) {
  console.error(`Cannot run "${name}": known commands are ${Object.keys(commands).join(', ')}`)
  process.exitCode = 2
} else {
  try {
    install()
    if (command.builds.length > 0) build(command.builds)
    if (command.builds.includes('apps/cli')) await bundleCli()
    process.exitCode = command.run(args)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}

function runChecks() {
  const status = runProgram('turbo', [
    'run',
    'build',
    'check:package',
    ...checks,
    '--output-logs=errors-only',
    '--continue',
    '--ui=stream',
  ])
  console.error(status === 0 ? 'All checks passed' : 'A check failed, see above')
  return status
}

function vitest(args, options) {
  return runProgram('vitest', ['run', '--root', '.', '--config', 'tooling/vitest/vitest.config.ts', ...args], options)
}

/** Compares answers from the cache with answers without one, after as many file operations as are asked for. */
function oracle(args) {
  const { operations, seed } = parseArgs({
    args,
    options: { operations: { type: 'string', default: '3000' }, seed: { type: 'string' } },
  }).values
  const env = { FSAGENT_ORACLE_OPERATIONS: operations, ...(seed === undefined ? {} : { FSAGENT_SEED: seed }) }
  return vitest(['--project', '@fsagent/workspace', 'oracle'], { env })
}

/** Kills, damages and starves caches as often as is asked for. */
function faults(args) {
  const { kills, seeds, injections, seed } = parseArgs({
    args,
    options: {
      kills: { type: 'string', default: '200' },
      seeds: { type: 'string', default: '500' },
      injections: { type: 'string', default: '100' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    },
  }).values
  const env = {
    FSAGENT_FAULT_KILLS: kills,
    FSAGENT_FAULT_SEEDS: seeds,
    FSAGENT_FAULT_INJECTIONS: injections,
    FSAGENT_SEED: seed,
  }
  return vitest(['--project', '@fsagent/cache-core', '--no-file-parallelism', 'test/faults/'], { env })
}

/** Reads and searches as often as is asked for while another process exchanges files for links to outside. */
function sandbox(args) {
  const { reads, searches } = parseArgs({
    args,
    options: { reads: { type: 'string', default: '50000' }, searches: { type: 'string', default: '500' } },
  }).values
  const env = { FSAGENT_SANDBOX_READS: reads, FSAGENT_SANDBOX_SEARCHES: searches }
  return vitest(['--project', '@fsagent/agent', '--no-file-parallelism', 'test/sandbox/'], { env })
}

function example([name = '', ...args]) {
  const names = readdirSync(join(workspace, 'examples'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
  if (names.includes(name)) return node(join(workspace, 'examples/dist', `${name}.js`), args, { cwd: startedIn })
  console.error(`Cannot run example "${name}": there are ${names.join(', ')}`)
  return 2
}

function node(file, args, options) {
  return runProgram(process.execPath, [file, ...args], options)
}
