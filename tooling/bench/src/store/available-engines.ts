import { join } from 'node:path'
import { execa } from 'execa'
import { withTemporaryFolder } from '../temporary-folder.js'
import { openEngine, type EngineName } from './engines.js'

/** Peers that must be compiled, and the packages to compile. Nothing else needs a compiler, so installing builds neither. */
const compiled: Readonly<Partial<Record<EngineName, string>>> = { 'better-sqlite3': 'better-sqlite3', keyv: 'sqlite3' }

const LAST_LINES = 15

/** What can be measured here, and why the rest cannot. */
export interface Availability {
  readonly isAvailable: (engine: EngineName) => boolean
  readonly notes: readonly string[]
}

/** Finds out which engines open, having compiled what is missing when that is allowed. */
export async function findAvailableEngines(engines: readonly EngineName[], mayBuild: boolean): Promise<Availability> {
  let failures = await tryToOpen(engines)
  const packages = [...failures.keys()].flatMap((engine) => compiled[engine] ?? [])
  const notes: string[] = []
  if (mayBuild && packages.length > 0) {
    notes.push(...(await build(packages)))
    failures = await tryToOpen(engines)
  }
  for (const [engine, reason] of failures) notes.push(`Skipped ${engine}: ${reason}`)
  return { isAvailable: (engine) => !failures.has(engine), notes }
}

async function tryToOpen(engines: readonly EngineName[]): Promise<ReadonlyMap<EngineName, string>> {
  const failures = new Map<EngineName, string>()
  for (const engine of new Set(engines)) {
    try {
      await withTemporaryFolder(async (folder) => {
        const opened = await openEngine(engine, { directory: join(folder, 'probe') })
        await opened.close()
      })
    } catch (error) {
      failures.set(engine, firstLine(error))
    }
  }
  return failures
}

/** Answers why it failed, if it did. The option is for this run only: a plain install goes on ignoring these scripts. */
async function build(packages: readonly string[]): Promise<readonly string[]> {
  console.error(`Compiling ${packages.join(' and ')} (first use only, some minutes)`)
  const { exitCode, all } = await execa(
    'pnpm',
    ['--filter', '@fsagent/bench', 'rebuild', '--config.dangerously-allow-all-builds=true', ...packages],
    { reject: false, all: true, preferLocal: true, cwd: new URL('../../../..', import.meta.url) },
  )
  if (exitCode === 0) return []
  console.error(all.split('\n').slice(-LAST_LINES).join('\n'))
  return [`Cannot compile ${packages.join(' and ')}: ${all.trim().split('\n').at(-1) ?? 'no output'}`]
}

function firstLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return line.replace(/\.? Tried:$/u, '')
}
