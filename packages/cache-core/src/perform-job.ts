import { resolve } from 'node:path'
import { unavailableError } from './job-errors.js'
import type { Ownership } from './ownership.js'
import type { JobReports, JobType, StoreJob } from './store-job.js'

/** How a long job is done. */
export interface JobOptions {
  /** Ends the job early; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/** Has the store do a job, in this process or in its owner's. */
export async function performJob<Type extends JobType>(
  ownership: Ownership,
  job: StoreJob<Type>,
  { signal }: JobOptions = {},
): Promise<JobReports[Type]> {
  signal?.throwIfAborted()
  const report = await ownership.change<JobReports[Type] | undefined>({
    make: (store) => store.jobs.perform(job, signal),
    miss: () => undefined,
  })
  if (report === undefined) throw unavailableError(job.type, ownership.settings.directory)
  return report
}

/**
 * The absolute path of a backup.
 *
 * @throws TypeError when it is not a path
 */
export function checkFile(file: string): string {
  if (typeof file !== 'string' || file === '' || file.includes('\0'))
    throw new TypeError(`Cannot use backup ${JSON.stringify(file)}: it must be the path of a file`)
  return resolve(file)
}
