import { SearchError } from './search-error.js'

/** Who asks, and from when on the answer has to be right. */
export interface FlightRequest {
  readonly key: string
  /** Identifies the look at the file system that the answer will rest on; equal for those who share one look. */
  readonly basis: object
  /** Grows with each request; taken before the look was asked for. */
  readonly order: number
  readonly signal: AbortSignal | undefined
}

interface Flight {
  readonly basis: object
  readonly order: number
  readonly promise: Promise<unknown>
  readonly controller: AbortController
  waiting: number
}

/**
 * Lets equal requests share one piece of work, but only work that looked at the files after the request was made: the
 * same look, or that of a later request. Others wait for the running work and then begin their own, which finds what
 * was stored. The work is aborted when nobody waits for it any more.
 */
export class Flights<Result> {
  readonly #flights = new Map<string, Flight & { readonly promise: Promise<Result> }>()

  /** @throws SearchError SEARCH_ABORTED, and whatever the work rejects with */
  async join(request: FlightRequest, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    for (;;) {
      throwIfAborted(request.signal)
      const flight = this.#flights.get(request.key) ?? this.#start(request, work)
      if (flight.basis === request.basis || flight.order >= request.order) return this.#wait(flight, request.signal)
      // Its failure is told to those who joined it; here it only means that the way is free.
      await orAborted(Promise.allSettled([flight.promise]), request.signal)
    }
  }

  #start(
    request: FlightRequest,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Flight & { readonly promise: Promise<Result> } {
    const controller = new AbortController()
    const promise = this.#run(request.key, work, controller.signal)
    const flight = { basis: request.basis, order: request.order, promise, controller, waiting: 0 }
    this.#flights.set(request.key, flight)
    return flight
  }

  async #run(key: string, work: (signal: AbortSignal) => Promise<Result>, signal: AbortSignal): Promise<Result> {
    try {
      // Not before the flight is known, so that its end cannot come first.
      await Promise.resolve()
      return await work(signal)
    } finally {
      this.#flights.delete(key)
    }
  }

  async #wait(
    flight: Flight & { readonly promise: Promise<Result> },
    signal: AbortSignal | undefined,
  ): Promise<Result> {
    flight.waiting++
    try {
      return await orAborted(flight.promise, signal)
    } finally {
      flight.waiting--
      if (flight.waiting === 0) flight.controller.abort()
    }
  }
}

/** @throws SearchError SEARCH_ABORTED */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw abortedError(signal)
}

/** What those get whose signal was aborted. */
export function abortedError(signal: AbortSignal | undefined): SearchError {
  return new SearchError('SEARCH_ABORTED', 'Cannot finish search: it was aborted', { cause: signal?.reason })
}

async function orAborted<Result>(promise: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return promise
  let onAbort = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(abortedError(signal))
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
