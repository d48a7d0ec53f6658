import { existsSync, readFileSync } from 'node:fs'

/** Whether a process runs; one that was killed and that nobody has waited for yet does not. */
export function isAlive(id: number): boolean {
  return existsSync(`/proc/${id}/stat`) && !/\) Z /.test(readFileSync(`/proc/${id}/stat`, 'utf8'))
}

/** Looks until something is so; the test's own limit of time ends it. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}
