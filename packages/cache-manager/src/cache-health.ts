import type { CacheRole, PersistentCache } from '@fsagent/cache-core'
import { type DataRoot, FileStateError, type TreeIndex } from '@fsagent/file-state'

/** Whether the cache does its work, found out by trying. */
export interface CacheHealth {
  /** `degraded`: answers are right, but come without the store or not at all. `disabled`: as set. */
  readonly status: 'ok' | 'degraded' | 'disabled'
  readonly enabled: boolean
  /** `null` when not enabled. */
  readonly role: CacheRole | null
  /** Absolute path, `null` when not enabled. */
  readonly directory: string | null
  /** Whether an entry can be written, read and removed now. */
  readonly writable: boolean
  /** Whether the data root can be listed now. */
  readonly rootReadable: boolean
  /** How the index learns what changed. */
  readonly mode: 'scan' | 'watch'
  /** Why it learns it in that way. */
  readonly reason: string
}

/** What is looked at. */
export interface HealthSubjects {
  readonly root: DataRoot
  readonly treeIndex: TreeIndex
  readonly persistentCache: PersistentCache | undefined
}

/** Looks at the root and tries the store. */
export async function examineHealth({ root, treeIndex, persistentCache }: HealthSubjects): Promise<CacheHealth> {
  const writable = persistentCache !== undefined && (await canStore(persistentCache))
  const rootReadable = canList(root)
  const enabled = persistentCache !== undefined
  const works = rootReadable && (writable || !enabled)
  const working = enabled ? 'ok' : 'disabled'
  return {
    status: works ? working : 'degraded',
    enabled,
    role: persistentCache?.role ?? null,
    directory: persistentCache?.directory ?? null,
    writable,
    rootReadable,
    mode: treeIndex.mode,
    reason: treeIndex.reason,
  }
}

/** Whether an entry can be written, read and removed; tried under a key of its own. */
export async function canStore(cache: PersistentCache): Promise<boolean> {
  const store = cache.namespace('health')
  const key = `probe-${process.pid}`
  const stored = await store.set(key, key, { ttlSeconds: 60 })
  const found = await store.get<string>(key)
  await store.delete(key)
  return stored && found === key
}

function canList(root: DataRoot): boolean {
  try {
    root.list('')
    return true
  } catch (error) {
    if (error instanceof FileStateError) return false
    throw error
  }
}
