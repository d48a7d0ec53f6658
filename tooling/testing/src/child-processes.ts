import { existsSync, readFileSync } from 'node:fs'

/** Seconds of the time limits that are tried: on a busy machine a program may not get far within the first. */
const timeLimits = [0.5, 2, 8, 30]

/** Whether a process runs; one that was killed and that nobody has waited for yet does not. */
export function isAlive(id: number): boolean {
  return existsSync(`/proc/${id}/stat`) && !/\) Z /.test(readFileSync(`/proc/${id}/stat`, 'utf8'))
}

/** Looks until something is so; the test's own limit of time ends it. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

/** Runs what ends by a time limit, with longer and longer ones until it got as far as it should within one. */
export async function runWithTimeLimits(
  run: (seconds: number) => Promise<void>,
  isThere: () => boolean,
): Promise<void> {
  for (const seconds of timeLimits) {
    await run(seconds)
    if (isThere()) return
  }
  throw new Error(`what should happen did not within ${timeLimits.at(-1)} seconds`)
}
