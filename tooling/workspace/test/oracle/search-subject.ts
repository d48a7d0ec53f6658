import { join } from 'node:path'
import { type Clock, PersistentCache } from '@fsagent/cache-core'
import { DataRoot, TreeIndex } from '@fsagent/file-state'
import { SearchCache, SearchError } from '@fsagent/search-cache'
import type { Answer, Query, SeededRandom, Subject } from '@fsagent/testing'

/** The second parameter of `TreeIndex.open()`, for tests: rules to switch off, and the timer of the audit. */
type IndexInternals = Exclude<Parameters<typeof TreeIndex.open>[1], undefined>

/** What a search works with. */
export interface SearchSettings {
  readonly root: string
  /** Absent for an answer without a cache. */
  readonly cacheDirectory?: string
  /** *watch* by default, where there is a cache. */
  readonly freshness?: 'scan' | 'watch'
  readonly internals?: IndexInternals
  readonly clock?: Clock
}

const patterns = ['needle', 'needle \\d', 'nothing', '^x$']

/** Draws a search of the whole tree or of a directory. */
export function drawSearch(random: SeededRandom): Query {
  const path = random.pick(['', '', 'a', 'a/b', 'docs', 'docs/build'])
  if (random.next() < 0.3) return { tool: 'find', arguments: { path, pattern: random.pick(['*', '*.txt', 'x*']) } }
  return { tool: 'grep', arguments: { path, pattern: random.pick(patterns) } }
}

/** The search cache over an index that outlives restarts, without an agent, so that a rule of the index can be switched off. */
export function searchSubject(settings: SearchSettings): Subject {
  let opening: ReturnType<typeof openSearch> | undefined
  const close = async (): Promise<void> => {
    const opened = await opening
    opening = undefined
    await opened?.close()
  }
  const answer = async (query: Query): Promise<Answer> => {
    opening ??= openSearch(settings)
    return await ask((await opening).search, query)
  }
  return { name: 'search', answer, restart: close, close }
}

/** A new index and no cache for each search. */
export function freshSearch(root: string): Subject {
  const answer = async (query: Query): Promise<Answer> => {
    const { search, close } = await openSearch({ root })
    try {
      return await ask(search, query)
    } finally {
      await close()
    }
  }
  return { name: 'fresh search', answer, restart: async () => {}, close: async () => {} }
}

async function openSearch({ root: path, cacheDirectory, freshness = 'watch', internals, clock }: SearchSettings) {
  const root = await DataRoot.open(path)
  const directory = cacheDirectory
  const cache =
    directory === undefined ? undefined : await PersistentCache.open({ directory: join(directory, 'search') })
  const kept = cache === undefined ? { freshness: 'scan' as const } : { freshness, store: cache.namespace('tree') }
  const index = await TreeIndex.open({ root, ...kept, ...(clock && { clock }) }, internals)
  const search = new SearchCache({ root, index, ...(cache && { store: cache.namespace('search') }) })
  const close = async (): Promise<void> => {
    await index.close()
    root.close()
    await cache?.close()
  }
  return { search, close }
}

async function ask(search: SearchCache, { tool, arguments: { path, pattern } }: Query): Promise<Answer> {
  const [scope, text] = [String(path), String(pattern)]
  try {
    const { cache, ...rest } =
      tool === 'find'
        ? await search.find({ operation: 'find', pattern: text, scope })
        : await search.grep({ operation: 'grep', pattern: text, scope })
    return { text: stringify(rest), outcome: cache.outcome }
  } catch (error) {
    if (error instanceof SearchError) return { text: error.code, outcome: 'refused' }
    throw error
  }
}

/** Signatures hold bigints. */
function stringify(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part))
}
