import { setMaxListeners } from 'node:events'

/** A signal that follows others until it is disposed of. */
export interface LinkedSignal extends Disposable {
  readonly signal: AbortSignal
}

/**
 * Gives a signal that is aborted with the first of the given ones, and in any case when it is disposed of.
 *
 * Unlike `AbortSignal.any`, it leaves no listener on a signal that lives as long as the process.
 */
export function linkedSignal(sources: readonly (AbortSignal | undefined)[]): LinkedSignal {
  const controller = new AbortController()
  // Every read of a turn listens to it, and it lives no longer than the turn: many listeners are no leak.
  setMaxListeners(0, controller.signal)
  const given = sources.filter((source) => source !== undefined)
  const abort = (event: Event): void => {
    controller.abort(event.target instanceof AbortSignal ? event.target.reason : undefined)
  }
  for (const source of given) {
    if (source.aborted) controller.abort(source.reason)
    else source.addEventListener('abort', abort, { once: true })
  }
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      for (const source of given) source.removeEventListener('abort', abort)
      controller.abort()
    },
  }
}
