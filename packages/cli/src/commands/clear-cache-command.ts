import type { LeafCommand } from '../command.js'

/** `fs-agent clear-cache`: removes everything that the cache stores. */
export const clearCacheCommand: LeafCommand = {
  name: 'clear-cache',
  summary: 'remove everything that the cache stores',
  details: 'Asks first; where nobody can be asked, --force is needed. Your own files are never touched.',
  arguments: [],
  options: [
    { notation: '-f, --force', description: 'do not ask' },
    { notation: '--json', description: 'print what was removed as JSON' },
  ],
  examples: ['fs-agent clear-cache --force'],
  run: async (context) => {
    const { runClearCache } = await import('../cache/run-clear-cache.js')
    return runClearCache(context)
  },
}
