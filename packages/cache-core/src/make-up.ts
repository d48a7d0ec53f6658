import { CacheError } from './cache-error.js'
import { storageFailure } from './level-database.js'
import type { MissedChanges } from './missed-changes.js'
import type { OwnershipSettings } from './ownership-settings.js'
import type { Seat } from './seat.js'
import { emptiedWarning } from './warnings.js'
import { within } from './within.js'

/** Milliseconds that leaving a seat takes at most: what waits is written then. */
export const leaveWithin = 30_000

/** What was missed, and where. */
interface Missed {
  readonly settings: OwnershipSettings
  readonly missed: MissedChanges
}

/**
 * Makes up for missed changes before their process forgets them, or the values that they should have replaced or
 * removed would come back with the next opening. Where they cannot be written, the database is removed, which needs no
 * room on a full disk. What another process owns that cannot be reached stays as it is. `join` finds a seat once more.
 */
export async function makeUp({ settings, missed }: Missed, join: () => Promise<Seat>): Promise<void> {
  const failure = await writeMissed(missed, join)
  if (failure === undefined && missed.isEmpty) return
  if (failure !== undefined && !isForFiles(failure)) return
  if (await isDiscarded(settings)) settings.onWarning(emptiedWarning(settings.directory, failure ?? 'no room'))
}

/** Answers why there was no seat, if there was none. */
async function writeMissed(missed: MissedChanges, join: () => Promise<Seat>): Promise<unknown> {
  try {
    const seat = await join()
    seat.store.apply(missed.take())
    await within(seat.leave(false), leaveWithin)
    return undefined
  } catch (error) {
    return error
  }
}

/** Whether the database could be removed: on a read-only file system, for one, nothing can be done. */
async function isDiscarded(settings: OwnershipSettings): Promise<boolean> {
  const removal = settings.discard().then(
    () => true,
    () => false,
  )
  return (await within(removal, leaveWithin)) ?? false
}

/** Whether it is the files that fail, and not somebody else who has them. */
function isForFiles(error: unknown): boolean {
  return !(error instanceof CacheError) && ['failed', 'damaged'].includes(storageFailure(error))
}
