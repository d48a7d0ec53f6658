import type { LeafCommand } from '../command.js'

/** `fs-agent cache-stats`: shows what the cache holds. */
export const cacheStatsCommand: LeafCommand = {
  name: 'cache-stats',
  summary: 'show what the cache holds',
  arguments: [],
  options: [{ notation: '--json', description: 'print the statistics document' }],
  examples: ['fs-agent cache-stats', 'fs-agent cache-stats --json'],
  run: async (context) => {
    const { runCacheStats } = await import('../cache/run-cache-stats.js')
    return runCacheStats(context)
  },
}
