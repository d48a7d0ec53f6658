import { CacheError } from './cache-error.js'
import { rewriteTables } from './compaction.js'
import type { LevelInput } from './level-input.js'
import { storageReason, type EntryDatabase } from './level-database.js'

/** What the entries of a cache are below, in somebody else's level. */
const sublevelName = 'fsagent-cache'

/** The part of a level that is a cache's. */
export interface OpenSublevel {
  readonly database: EntryDatabase
  /** Has the level rewrite its tables, where it has any. */
  compact(): Promise<void>
  /** Lets the next cache use the part. The level stays open: it is for whoever opened it to close. */
  release(): Promise<void>
}

/** A sublevel, as every abstract-level makes it. */
interface Sublevel extends EntryDatabase {
  /** What the keys begin with, in the database below. */
  readonly prefix: string
  /** The database below. */
  readonly db: object
  open(): Promise<void>
  close(): Promise<void>
}

/** The prefixes in use, by the database that they are in. */
const claims = new WeakMap<object, Set<string>>()

/** Takes the part of a level that is a cache's. @throws CacheError `CACHE_LEVEL_UNUSABLE` */
export async function openSublevel(level: LevelInput): Promise<OpenSublevel> {
  await requireUsable(level)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what every abstract-level answers
  const database = level.sublevel(sublevelName, { keyEncoding: 'utf8', valueEncoding: 'buffer' }) as Sublevel
  const { prefix, db } = database
  const claimed = claims.get(db) ?? new Set()
  if (claimed.has(prefix)) throw unusable('another cache of this process uses it')
  claims.set(db, claimed.add(prefix))
  const release = async (): Promise<void> => {
    claimed.delete(prefix)
    await database.close()
  }
  try {
    await database.open()
    return { database, compact: () => compactSublevel(database), release }
  } catch (error) {
    await release()
    throw unusable(storageReason(error), error)
  }
}

async function requireUsable(level: LevelInput): Promise<void> {
  const { getSync = false, encodings = {} } = level.supports
  if (!getSync) throw unusable('it has no getSync()')
  if (encodings.buffer !== true && encodings.view !== true) throw unusable('it keeps text, and values are bytes')
  try {
    // One that opens by itself, as they do when they are made, is waited for.
    if (level.status === 'opening') await level.open({ passive: true })
  } catch (error) {
    throw unusable(storageReason(error), error)
  }
  if (level.status !== 'open') throw unusable('it is not open')
}

/** Only levels with tables of their own have this method; what they keep is known by the keys below the prefix. */
async function compactSublevel(sublevel: Sublevel): Promise<void> {
  const { db, prefix } = sublevel
  if (!('compactRange' in db) || typeof db.compactRange !== 'function') return
  const compactRange = db.compactRange.bind(db)
  await rewriteTables(sublevel, async (start, end) => {
    await compactRange(prefix + start, prefix + end, { keyEncoding: 'utf8' })
  })
}

function unusable(reason: string, cause?: unknown): CacheError {
  return new CacheError('CACHE_LEVEL_UNUSABLE', `Cannot keep cache in the given level: ${reason}`, { cause })
}
