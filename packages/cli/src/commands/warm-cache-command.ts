import type { LeafCommand } from '../command.js'

/** `fs-agent warm-cache`: reads text files into the cache before they are asked for. */
export const warmCacheCommand: LeafCommand = {
  name: 'warm-cache',
  summary: 'read text files into the cache before they are asked for',
  details: 'Exit code 3 says that some files could not be read; the others are warm.',
  arguments: [],
  options: [
    { notation: '-d, --directory <dir>', description: 'directory to warm, below the data root (default: all of it)' },
    { notation: '-p, --pattern <glob>', description: 'only files that match, for example "**/*.{md,py}"' },
    {
      notation: '-c, --concurrency <n>',
      description: 'files read at the same time (default: CACHE_WARMUP_CONCURRENCY)',
    },
    { notation: '--no-recursive', description: 'stay out of subdirectories' },
    { notation: '--dry-run', description: 'only say what would be read' },
    { notation: '-q, --quiet', description: 'no progress and no summary' },
    { notation: '--json', description: 'print the report as JSON' },
  ],
  examples: ['fs-agent warm-cache -d projects -p "**/*.py"', 'fs-agent warm-cache -d . -c 4 --json'],
  run: async (context) => {
    const { runWarmCache } = await import('../cache/run-warm-cache.js')
    return runWarmCache(context)
  },
}
