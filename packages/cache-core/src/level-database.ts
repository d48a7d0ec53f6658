import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { Level } from 'level'
import { hasCode } from './error-code.js'
import { SharingError } from './sharing/sharing-error.js'

/**
 * Blocks are compressed with Snappy, each for itself: twice LevelDB's usual size takes 5 % less room for text, and a
 * hit costs the same; four times takes another 4 %, and a hit costs half as much again. What LevelDB keeps of blocks
 * it has decompressed is twice as usual too, in bytes.
 */
const options = { keyEncoding: 'utf8', valueEncoding: 'buffer', blockSize: 8192, cacheSize: 16_777_216 } as const

/** An open LevelDB with text keys and byte values. */
export type LevelDatabase = ClassicLevel<string, Buffer>

/** What a store does with its database: whatever every abstract-level can. */
export type EntryDatabase = Pick<
  LevelDatabase,
  'getSync' | 'getMany' | 'iterator' | 'keys' | 'batch' | 'clear' | 'snapshot' | 'supports'
>

/** What an error of LevelDB or of the file system calls for. */
export type StorageFailure = 'locked' | 'unreachable' | 'refused' | 'damaged' | 'failed'

/** How a database is opened. */
export interface OpenWish {
  readonly multithreading?: boolean
  /** Whether one is made where there is none, which LevelDB also says when it is not let look. Else it is an error. */
  readonly createIfMissing?: boolean
}

/**
 * Opens or makes the LevelDB in a directory. Rejects with what {@link storageFailure} can tell apart. With `multithreading`
 * the threads of this process that open the same location get one database between them, which lives until the last of
 * them closes it; its block cache goes with the first that opened it, who must therefore close last.
 */
export async function openLevelDatabase(location: string, wish: OpenWish = {}): Promise<LevelDatabase> {
  const level: unknown = new Level(location, { ...options, ...wish })
  // On Node `level` exports classic-level's class, whose `getSync` and `compactRange` its own types leave out.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the two packages type one class differently
  const database = level as LevelDatabase
  try {
    await database.open()
  } catch (error) {
    const isDamaged = storageFailure(error) === 'failed' && isCurrentDamaged(location)
    throw isDamaged ? damageError('CURRENT names no manifest') : error
  }
  try {
    // classic-level takes "not found" for success, also when it opens: then there is no database behind the object.
    statSync(join(location, 'CURRENT'))
    return database
  } catch (error) {
    // Else the lock would stay with this process, which takes it for that of another cache of its own.
    await database.close()
    throw error
  }
}

/** Whether another process holds the lock or is its owner and of no use, the files are not a database, or they cannot be used now. */
export function storageFailure(error: unknown): StorageFailure {
  if (error instanceof SharingError) return error.code === 'CACHE_PROTOCOL_UNSUPPORTED' ? 'refused' : 'unreachable'
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && current.code === 'LEVEL_LOCKED') return 'locked'
    if ('code' in current && current.code === 'LEVEL_CORRUPTION') return 'damaged'
    if (current.message.endsWith('(create_if_missing is false)')) return 'failed'
    if (/^(Corruption|Invalid argument|Not implemented)\b/.test(current.message)) return 'damaged'
    if (isDamageByAnotherName(current.message)) return 'damaged'
  }
  return 'failed'
}

/**
 * A file of the database that is missing, empty or no file at all: it would stay so for ever, though LevelDB calls it
 * an I/O error.
 */
function isDamageByAnotherName(message: string): boolean {
  const [, folder, reason] = /^IO error: (.*)[/\\][^/\\]+: ([^:]+)$/.exec(message) ?? []
  if (folder === undefined || reason === undefined) return false
  if (reason === 'No such file or directory' || reason === 'Not a directory') return existsSync(join(folder, 'CURRENT'))
  return ['Invalid argument', 'Is a directory', 'Too many levels of symbolic links'].includes(reason)
}

/**
 * Whether CURRENT names no manifest. LevelDB opens the file of whatever name it reads, and what that fails with depends
 * on the name: one that is too long is no "Corruption".
 */
function isCurrentDamaged(location: string): boolean {
  try {
    return !/^MANIFEST-\d+\n$/.test(readFileSync(join(location, 'CURRENT'), 'latin1'))
  } catch (error) {
    if (hasCode(error)) return false
    throw error
  }
}

/** The innermost message of an error: LevelDB's own words, the file system's own words. */
export function storageReason(error: unknown): string {
  let reason = String(error)
  for (let current = error; current instanceof Error; current = current.cause) reason = current.message
  return reason
}

/** Deletes a database, which needs no room. Rejects when somebody has it open, or the file system refuses. */
export async function destroyLevelDatabase(location: string): Promise<void> {
  await ClassicLevel.destroy(location)
}

/** Says that this process has a database open, in the way LevelDB says it of another process. */
export function alreadyOpenError(): Error {
  return Object.assign(new Error('this process has it open already'), { code: 'LEVEL_LOCKED' })
}

/** An error that {@link storageFailure} takes for damage: for what LevelDB itself does not notice. */
export function damageError(message: string): Error {
  return Object.assign(new Error(message), { code: 'LEVEL_CORRUPTION' })
}
