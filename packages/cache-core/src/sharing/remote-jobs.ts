import { CacheError } from '../cache-error.js'
import { unavailableError, unsupportedError } from '../job-errors.js'
import type { JobReports, JobRunner, JobType, StoreJob } from '../store-job.js'
import { untilAborted } from '../until-aborted.js'
import { within } from '../within.js'
import type { ChangeSender } from './change-sender.js'
import type { Link } from './link.js'
import { answerWithin, jobsSince } from './protocol.js'
import type { Reply } from './reply.js'

/** Has the owner do long jobs. They take as long as they take, and end with the connection. */
export class RemoteJobs implements JobRunner {
  readonly #directory: string
  readonly #link: Link
  readonly #sender: ChangeSender
  #nextNumber = 1

  constructor(directory: string, link: Link, sender: ChangeSender) {
    this.#directory = directory
    this.#link = link
    this.#sender = sender
  }

  async perform<Type extends JobType>(job: StoreJob<Type>, signal?: AbortSignal): Promise<JobReports[Type]> {
    if (this.#link.version < jobsSince) throw unsupportedError(job.type, this.#directory)
    // What was asked for before comes first.
    await this.#sender.unsent()
    if (this.#link.isSilent) throw unavailableError(job.type, this.#directory)
    const number = this.#nextNumber++
    const answer = this.#link.request({ type: 'job', number, job }, Number.POSITIVE_INFINITY)
    try {
      return this.#read(job.type, await untilAborted(answer, signal))
    } catch (error) {
      // The owner cleans up behind it; no longer than a read may take is waited for that.
      if (signal?.aborted === true) await within(this.#cancel(number, answer), answerWithin)
      throw error
    }
  }

  async #cancel(number: number, answer: Promise<unknown>): Promise<void> {
    void this.#link.request({ type: 'cancel', number }, answerWithin)
    await answer
  }

  #read<Type extends JobType>(type: Type, reply: Reply | undefined): JobReports[Type] {
    if (reply?.type === 'failure') throw new CacheError(reply.code, reply.message)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all reports are numbers by name, and were checked to be
    if (reply?.type === 'report') return reply.report as JobReports[Type]
    throw unavailableError(type, this.#directory, new Error('its owner has ended'))
  }
}
