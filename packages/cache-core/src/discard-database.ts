import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { electionFolder, databaseFolder } from './layout.js'
import { alreadyOpenError, destroyLevelDatabase } from './level-database.js'
import { claimLocation, releaseLocation } from './open-locations.js'
import { takeTurn } from './opening-turn.js'

/**
 * Removes the database of a cache that nobody has open. Its own lock guards it, for the election's database may find
 * no room to be opened. Rejects when somebody has it, or when it cannot be removed.
 */
export async function discardDatabase(directory: string): Promise<void> {
  using turn = await takeTurn(directory)
  const electionLocation = join(await realpath(directory), electionFolder)
  if (!turn.isGiven || !claimLocation(electionLocation)) throw alreadyOpenError()
  try {
    await destroyLevelDatabase(join(directory, databaseFolder))
  } finally {
    releaseLocation(electionLocation)
  }
}
