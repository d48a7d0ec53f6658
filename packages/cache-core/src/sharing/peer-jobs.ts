import { CacheError } from '../cache-error.js'
import type { Store } from '../store.js'
import type { Reply } from './reply.js'
import type { JobRequest } from './request.js'

/** The long jobs that one follower asked for; none of them outlives its connection. */
export class PeerJobs {
  readonly #running = new Map<number, AbortController>()

  /** Does a job; never rejects. */
  async perform(store: Store, { number, job }: JobRequest): Promise<Reply> {
    const controller = new AbortController()
    this.#running.set(number, controller)
    try {
      return { type: 'report', report: await store.jobs.perform(job, controller.signal) }
    } catch (error) {
      const code = error instanceof CacheError ? error.code : 'CACHE_UNAVAILABLE'
      return { type: 'failure', code, message: error instanceof Error ? error.message : String(error) }
    } finally {
      this.#running.delete(number)
    }
  }

  /** Ends a job that nobody waits for any more. */
  cancel(number: number): void {
    this.#running.get(number)?.abort(new Error('the follower wants it no more'))
  }

  /** Ends all of them: the follower is gone. */
  cancelAll(): void {
    for (const number of this.#running.keys()) this.cancel(number)
  }
}
