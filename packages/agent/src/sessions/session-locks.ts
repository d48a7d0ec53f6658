import { untilAborted } from '@fsagent/cache-core'
import { AgentError } from '../agent-error.js'

/** Lets one turn at a time go on in each session, in the order in which they came. */
export class SessionLocks {
  readonly #last = new Map<string, Promise<void>>()

  /**
   * Waits for the turns before and gives what ends this one.
   *
   * @throws AgentError `AGENT_ABORTED` when the signal ends the wait
   */
  async acquire(id: string, signal: AbortSignal): Promise<Disposable> {
    const before = this.#last.get(id)
    const { promise, resolve } = promiseWithResolver()
    const done = (before ?? Promise.resolve()).then(async () => promise)
    this.#last.set(id, done)
    void this.#forget(id, done)
    try {
      if (before !== undefined) await untilAborted(before, signal)
    } catch (error) {
      resolve()
      throw new AgentError('AGENT_ABORTED', 'Cannot begin turn: it was aborted', { cause: error })
    }
    return { [Symbol.dispose]: resolve }
  }

  async #forget(id: string, done: Promise<void>): Promise<void> {
    await done
    if (this.#last.get(id) === done) this.#last.delete(id)
  }
}

function promiseWithResolver(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {}
  const promise = new Promise<void>((resolvePromise) => {
    resolve = resolvePromise
  })
  return { promise, resolve }
}
