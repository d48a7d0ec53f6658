import type { BackupReport, RestoreReport } from './backup-reports.js'
import type { VerifyReport } from './verify-report.js'

/** What each long job on a store answers: nothing but numbers. */
export interface JobReports {
  readonly verify: VerifyReport
  readonly backup: BackupReport
  readonly restore: RestoreReport
}

/** The name of a long job. */
export type JobType = keyof JobReports

/** Long work on a store that a person asks for. Unlike all else it rejects when it cannot be done. */
export interface StoreJob<Type extends JobType = JobType> {
  readonly type: Type
  /** Absolute path of the backup; empty for a job that needs none. */
  readonly file: string
}

/** Who does long jobs: the owner's store, or a follower by asking the owner. */
export interface JobRunner {
  /**
   * Does a job.
   *
   * @throws CacheError when it cannot be done, and the signal's reason
   */
  perform<Type extends JobType>(job: StoreJob<Type>, signal?: AbortSignal): Promise<JobReports[Type]>
}

/** Whether a name is that of a job. */
export function isJobType(name: string): name is JobType {
  return name === 'verify' || name === 'backup' || name === 'restore'
}
