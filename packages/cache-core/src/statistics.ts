import type { CacheStatistics } from './cache-statistics.js'
import type { Ownership } from './ownership.js'

/** How a namespace was used by this process. */
export interface UseCounts {
  hits: number
  misses: number
  stale: number
}

/** The statistics of a namespace, or of the whole cache when there is no name. */
export function describeStore(ownership: Ownership, namespace: string | undefined, counts: UseCounts): CacheStatistics {
  const { directory, sizeLimit, memoryLimit } = ownership.settings
  const store = ownership.use()
  const sums = store?.sums(namespace)
  return {
    size: sums?.entries ?? 0,
    volume: sums?.bytes ?? 0,
    directory,
    size_limit: sizeLimit,
    ...counts,
    evictions: ownership.evictions,
    role: ownership.role,
    serving: ownership.serving,
    memory: store?.memory() ?? { size: 0, bytes: 0, limit: memoryLimit },
  }
}
