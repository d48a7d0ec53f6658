import { join } from 'node:path'
import { withTemporaryFolder } from '../temporary-folder.js'
import type { Engine, EngineOptions } from './engine.js'
import { openEngine, type EngineName } from './engines.js'
import type { Entries } from './entries.js'

/** An engine as it is measured. */
export interface Variant {
  /** What tables call it. */
  readonly label: string
  readonly engine: EngineName
  readonly options?: Omit<EngineOptions, 'directory'>
}

/** Opened engines by their labels, with the same entries in each. */
export type OpenedEngines = ReadonlyMap<string, Engine>

/** Ours with the memory tier, and so that every hit comes from disk. */
export const inMemory: Variant = { label: 'cache-core, memory tier', engine: 'cache-core' }
export const onDisk: Variant = { label: 'cache-core, disk', engine: 'cache-core', options: { memoryLimit: 0 } }

const peers: readonly EngineName[] = [
  'classic-level',
  'lmdb',
  'better-sqlite3',
  'cacache',
  'keyv',
  'flat-cache',
  'lru-cache',
  'file system',
]

/** Everything that is compared within one process. */
export const allVariants: readonly Variant[] = [inMemory, onDisk, ...peers.map((engine) => ({ label: engine, engine }))]

/** What is compared for text too. */
export const textVariants: readonly Variant[] = allVariants.filter(({ label }) =>
  [onDisk.label, 'classic-level', 'lmdb', 'better-sqlite3'].includes(label),
)

/** Opens and fills engines in a temporary folder, and closes them after the action. */
export async function withEngines<Result>(
  variants: readonly Variant[],
  entries: Entries,
  action: (engines: OpenedEngines, folder: string) => Promise<Result>,
): Promise<Result> {
  return await withTemporaryFolder(async (folder) => {
    const engines = new Map<string, Engine>()
    try {
      for (const { label, engine: name, options } of variants) {
        const engine = await openEngine(name, { ...options, directory: join(folder, label) })
        engines.set(label, engine)
        await engine.fill(entries.list)
      }
      return await action(engines, folder)
    } finally {
      for (const engine of engines.values()) await engine.close()
    }
  })
}
