import { createHash } from 'node:crypto'

/**
 * Says whether a user belongs to the given share of users who get the v3 cache.
 *
 * The answer hangs on the user's id alone, so that it is the same on every machine, and whoever is in at some percentage
 * stays in at every higher one.
 *
 * @throws RangeError when `percent` is not from 0 to 100
 */
export function shouldUseNewCache(userId: string, percent: number): boolean {
  if (!(percent >= 0 && percent <= 100)) {
    throw new RangeError(`Cannot roll out to ${percent} percent: it must be from 0 to 100`)
  }
  const digest = createHash('sha256').update(userId, 'utf8').digest()
  const position = digest.readUIntBE(0, 6) / 2 ** 48
  return position * 100 < percent
}
