import { lstatSync, readdirSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { CacheManager } from '@fsagent/cache-manager'
import type { StartReport } from './start-report.js'

const [job = '', root = '', cacheDirectory = ''] = process.argv.slice(2)
const query = { operation: 'grep', pattern: 'NEEDLE', scope: '' } as const

/** What a process of its own does and times, without the time that Node and the modules take to load. */
const jobs: Readonly<Record<string, () => Promise<StartReport>>> = {
  lstat: () => timed(async () => walk(root)),
  prepare: () => timed(() => withManager('scan', (manager) => manager.searchCache.grep(query))),
  restart: () => timed(() => withManager('scan', (manager) => manager.searchCache.grep(query))),
  scan: () => index('scan'),
  watch: () => index('watch'),
}

const run = jobs[job]
if (run === undefined) throw new Error(`Cannot run job "${job}": it is unknown`)
process.stdout.write(JSON.stringify(await run()))

async function timed(action: () => Promise<unknown>): Promise<StartReport> {
  const started = performance.now()
  const milliseconds = await action()
  const elapsed = typeof milliseconds === 'number' ? milliseconds : performance.now() - started
  return { milliseconds: elapsed, loopDelayMs: 0, heapBytes: 0, residentBytes: 0 }
}

/** The milliseconds until the answer was there; closing takes its own time. */
async function withManager(
  freshness: 'scan' | 'watch',
  use: (manager: CacheManager) => Promise<unknown>,
): Promise<number> {
  const started = performance.now()
  await using manager = await CacheManager.open({ dataRoot: root, cacheDirectory, freshness, searchTtlSeconds: 0 })
  await use(manager)
  return performance.now() - started
}

async function index(freshness: 'scan' | 'watch'): Promise<StartReport> {
  await using manager = await CacheManager.open({ dataRoot: root, cacheDirectory, freshness, enabled: false })
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const before = memory()
  delay.enable()
  const started = performance.now()
  await manager.treeIndex.sync()
  const milliseconds = performance.now() - started
  delay.disable()
  const after = memory()
  return {
    milliseconds,
    loopDelayMs: delay.percentile(99) / 1_000_000,
    heapBytes: after.heapBytes - before.heapBytes,
    residentBytes: after.residentBytes - before.residentBytes,
  }
}

function memory(): { readonly heapBytes: number; readonly residentBytes: number } {
  globalThis.gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heapBytes: heapUsed + external, residentBytes: rss }
}

/** Signatures need nanoseconds, so the bare walk asks for them, too. */
function walk(directory: string): void {
  for (const name of readdirSync(directory)) {
    const path = `${directory}/${name}`
    if (lstatSync(path, { bigint: true }).isDirectory()) walk(path)
  }
}
