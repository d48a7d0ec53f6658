/** A clock that only moves forward, so that setting the wall clock neither expires nor revives an entry. */
export interface MonotonicClock {
  /** Milliseconds since a fixed moment in the past. */
  monotonic(): number
}

/** The process's own monotonic clock. */
export const performanceClock: MonotonicClock = { monotonic: () => performance.now() }
