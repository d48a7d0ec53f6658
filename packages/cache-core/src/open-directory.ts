import { readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { checkLogs } from './check-logs.js'
import { checkTables, needsCheck } from './check-tables.js'
import { closeInTurn } from './close-in-turn.js'
import { CommitWitness } from './commit-witness.js'
import { isLockInPlace, lockIdentity } from './election-lock.js'
import { hasCode } from './error-code.js'
import { databaseFolder, electionFolder } from './layout.js'
import { Ledger } from './ledger.js'
import {
  alreadyOpenError,
  damageError,
  openLevelDatabase,
  storageFailure,
  storageReason,
  type LevelDatabase,
} from './level-database.js'
import { makeDirectory } from './make-directory.js'
import { claimLocation, releaseLocation } from './open-locations.js'
import { takeTurn } from './opening-turn.js'
import { noFile, readFileOr } from './read-file-or.js'
import { setAside, setAsideDatabase } from './set-aside.js'

/** The files of a cache while this process owns them. */
export interface OpenDirectory {
  /** Absolute. */
  readonly directory: string
  readonly database: LevelDatabase
  readonly ledger: Ledger
  /** Why the database that was there had to be set aside, if it had. */
  readonly damage: string | undefined
  /** Tells the election's LOCK file from another. */
  readonly lock: string
  /** Whether the directory is still the one that was opened: not removed, not replaced. */
  isInPlace(): boolean
  /** The ledger as it is on disk now: what was known of it is out of date once another thread wrote. */
  readLedger(): Promise<Ledger>
  /** Closes the database and gives up ownership. */
  close(): Promise<void>
}

/**
 * Opens the files of a cache, fresh ones in place of damaged ones, or of any when damage was found before. Rejects when another process owns them or the file
 * system refuses; {@link storageFailure} tells which.
 */
export async function openDirectory(directory: string, isDamaged: boolean): Promise<OpenDirectory> {
  using turn = await takeTurn(directory)
  const electionLocation = join(await realpath(directory), electionFolder)
  if (!turn.isGiven || !claimLocation(electionLocation)) throw alreadyOpenError()
  const opened: { close(): unknown }[] = []
  const close = async (): Promise<void> => {
    try {
      await closeInTurn(opened.toReversed())
    } finally {
      releaseLocation(electionLocation)
    }
  }
  try {
    opened.push((await openOrReplace(directory, electionFolder, openLevelDatabase)).opened)
    // Only now: without the lock these may be the files of another process.
    if (isDamaged) await setAsideDatabase(directory)
    const witness = CommitWitness.open(directory)
    opened.push(witness)
    const { opened: data, damage } = await openOrReplace(directory, databaseFolder, (location) =>
      openData(location, witness),
    )
    opened.push(data.database)
    witness.note(data.ledger.batchNumber)
    const lock = lockIdentity(directory)
    const isInPlace = () => isLockInPlace(directory, lock)
    const readLedger = () => readAnew(data.database, witness)
    return { directory, ...data, damage, lock, isInPlace, readLedger, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The lock of a LevelDB admits one process, and the kernel frees it at the end of that process. */
async function openOrReplace<T>(directory: string, name: string, open: (location: string) => Promise<T>) {
  const location = join(directory, name)
  try {
    return { opened: await openPrivately(location, open), damage: undefined }
  } catch (error) {
    if (storageFailure(error) !== 'damaged') throw error
    await (name === databaseFolder ? setAsideDatabase(directory) : setAside(directory, name))
    return { opened: await openPrivately(location, open), damage: storageReason(error) }
  }
}

async function openPrivately<T>(location: string, open: (location: string) => Promise<T>): Promise<T> {
  try {
    await makeDirectory(location)
  } catch (error) {
    // A file in the place of the folder.
    throw hasCode(error, 'EEXIST') ? damageError(error.message) : error
  }
  return await open(location)
}

async function openData(location: string, witness: CommitWitness) {
  const names = await readdir(location)
  const hasTables = names.some((name) => /\.(ldb|sst|log)$|^MANIFEST-/.test(name))
  // LevelDB would take this for an empty store and delete the tables.
  const current = await readFileOr(join(location, 'CURRENT'), noFile)
  if (hasTables && current.length === 0) throw damageError('CURRENT is missing')
  if (await needsCheck(location)) await checkTables(location)
  await checkLogs(location)
  // To be shared with the thread that serves, if there comes to be one.
  const database = await openLevelDatabase(location, { multithreading: true, createIfMissing: !hasTables })
  try {
    const ledger = await readAnew(database, witness)
    if (!witness.confirms(ledger.batchNumber)) throw damageError('the last writes are missing')
    return { database, ledger }
  } catch (error) {
    await database.close()
    throw error
  }
}

async function readAnew(database: LevelDatabase, witness: CommitWitness): Promise<Ledger> {
  const ledger = await Ledger.read(database, (batchNumber) => witness.note(batchNumber))
  if (ledger === undefined) throw damageError('the ledger is damaged')
  return ledger
}
