import { setTimeout as delay } from 'node:timers/promises'
import { FollowerSeat } from './follower-seat.js'
import { storageFailure } from './level-database.js'
import { openDirectory } from './open-directory.js'
import { OwnerSeat } from './owner-seat.js'
import { preparePrivateDirectory } from './private-files.js'
import { connectToOwner } from './sharing/connect.js'
import type { OwnerNeeds } from './thread-service.js'
import { tightenedWarning } from './warnings.js'

/** Milliseconds after which a process that can neither follow nor own goes on without a cache. */
const joinWithin = 500

/** Milliseconds between two attempts, chosen at random so that many processes do not meet. */
const pauses = { shortest: 2, longest: 50 } as const

/** How a seat is looked for. */
export interface JoinNeeds extends OwnerNeeds {
  /** Whether the database was found damaged, so that its owner begins a fresh one. */
  readonly isDamaged: boolean
}

/** Finds a place at the directory: follows its owner if there is one, becomes the owner otherwise. */
export async function joinDirectory(needs: JoinNeeds): Promise<OwnerSeat | FollowerSeat> {
  const { settings, clientId, isDamaged } = needs
  if (await preparePrivateDirectory(settings.directory)) settings.onWarning(tightenedWarning(settings.directory))
  const deadline = performance.now() + joinWithin
  for (;;) {
    const patience = Math.max(pauses.longest, deadline - performance.now())
    const link = await connectToOwner(settings.directory, clientId, patience)
    const follower = link === undefined ? undefined : FollowerSeat.take(link, needs)
    if (follower !== undefined) return follower
    try {
      return await OwnerSeat.take(await openDirectory(settings.directory, isDamaged), needs)
    } catch (error) {
      if (storageFailure(error) !== 'locked' || performance.now() > deadline) throw error
    }
    await delay(pauses.shortest + Math.random() * (pauses.longest - pauses.shortest))
  }
}
