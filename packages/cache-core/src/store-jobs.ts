import { backupStore } from './backup-store.js'
import { CacheError } from './cache-error.js'
import { hasCode } from './error-code.js'
import { unavailableError } from './job-errors.js'
import { restoreStore } from './restore-store.js'
import { runAlone } from './run-alone.js'
import type { JobReports, JobRunner, JobType, StoreJob } from './store-job.js'
import type { Store } from './store.js'
import type { WriteQueue } from './write-queue.js'

/** What a job works with. */
export interface JobContext {
  readonly store: Store
  /** Absolute path of the backup. */
  readonly file: string
  /** Aborted when the caller wants no more, or the store is closed. */
  readonly signal: AbortSignal
  /** Runs a step with no write under way, after what waits now. Rejects when storage fails before or in it. */
  readonly alone: <T>(step: () => Promise<T>) => Promise<T>
}

const jobs: { readonly [Type in JobType]: (context: JobContext) => Promise<JobReports[Type]> } = {
  verify: ({ store, signal }) => store.maintenance.verifier.verify(signal),
  backup: backupStore,
  restore: restoreStore,
}

/** The long jobs that an open store does, as many at a time as are asked for. */
export class StoreJobs implements JobRunner {
  readonly #store: Store
  readonly #queue: WriteQueue
  readonly #ending = new AbortController()
  readonly #running = new Set<Promise<unknown>>()

  constructor(store: Store, queue: WriteQueue) {
    this.#store = store
    this.#queue = queue
  }

  async perform<Type extends JobType>(job: StoreJob<Type>, signal?: AbortSignal): Promise<JobReports[Type]> {
    signal?.throwIfAborted()
    // Without them no moment can be held: no database of ours is such a level.
    if (!this.#store.parts.database.supports.explicitSnapshots)
      throw unavailableError(job.type, '', new Error('the level has no snapshots'))
    const both = AbortSignal.any([this.#ending.signal, ...(signal === undefined ? [] : [signal])])
    const alone = <T>(step: () => Promise<T>) => runAlone(this.#queue, step)
    const running = jobs[job.type]({ store: this.#store, file: job.file, signal: both, alone })
    this.#running.add(running)
    try {
      return await running
    } catch (error) {
      signal?.throwIfAborted()
      throw this.#explain(job.type, error)
    } finally {
      this.#running.delete(running)
    }
  }

  /** Resolves when nothing runs. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running)
  }

  /** Ends what runs; resolves when nothing is left of it. */
  async end(): Promise<void> {
    this.#ending.abort(new Error('the cache was closed'))
    await Promise.allSettled(this.#running)
  }

  #explain(type: JobType, error: unknown): unknown {
    if (error instanceof CacheError) return error
    const directory = this.#store.parts.files?.directory ?? ''
    const hasEnded = this.#ending.signal.aborted || this.#store.isEnded
    // What goes wrong with the backup's own file was explained where it happened: this is the store's.
    if (!hasEnded && hasCode(error)) this.#store.fail(error)
    if (!hasEnded && !hasCode(error)) return error
    return unavailableError(type, directory, error)
  }
}
