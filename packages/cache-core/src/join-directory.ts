import { setTimeout as delay } from 'node:timers/promises'
import { FollowerSeat } from './follower-seat.js'
import { storageFailure } from './level-database.js'
import { openDirectory } from './open-directory.js'
import { OwnerSeat } from './owner-seat.js'
import type { OwnershipWish } from './persistent-cache-options.js'
import { preparePrivateDirectory } from './private-files.js'
import { connectToOwner } from './sharing/connect.js'
import type { OwnerNeeds } from './thread-service.js'
import { tightenedWarning } from './warnings.js'

/**
 * Milliseconds after which a process that can neither follow nor own goes on without a cache, unless it has hardly had
 * the time to try: many processes that start at once keep each other from the processor.
 */
const joinWithin = 500
const joinWithinWhenStarved = 2500
const fewestAttempts = 10

/** Milliseconds in which those that avoid to own leave a directory that lost its owner to others. */
const yieldFor = 150

/** Milliseconds between two attempts, chosen at random so that many processes do not meet. */
const pauses = { shortest: 2, longest: 50 } as const

/** How a seat is looked for. */
export interface JoinNeeds extends OwnerNeeds {
  /** Whether the database was found damaged, so that its owner begins a fresh one. */
  readonly isDamaged: boolean
  /** Whether an owner has just gone. */
  readonly hasLostOwner: boolean
}

/** Finds a place at the directory: follows its owner if there is one, becomes the owner otherwise. */
export async function joinDirectory(needs: JoinNeeds, ownership: OwnershipWish): Promise<OwnerSeat | FollowerSeat> {
  const { settings, clientId, isDamaged } = needs
  if (await preparePrivateDirectory(settings.directory)) settings.onWarning(tightenedWarning(settings.directory))
  const start = performance.now()
  const ownFrom = start + (needs.hasLostOwner && ownership === 'avoid' ? yieldFor : 0)
  for (let attempt = 1; ; attempt += 1) {
    const link = await connectToOwner(settings.directory, clientId, joinWithin)
    const follower = link === undefined ? undefined : FollowerSeat.take(link, needs)
    if (follower !== undefined) return follower
    try {
      if (performance.now() >= ownFrom)
        return await OwnerSeat.take(await openDirectory(settings.directory, isDamaged), needs)
    } catch (error) {
      const limit = attempt < fewestAttempts ? joinWithinWhenStarved : joinWithin
      if (storageFailure(error) !== 'locked' || performance.now() > start + limit) throw error
    }
    await delay(pauses.shortest + Math.random() * (pauses.longest - pauses.shortest))
  }
}
