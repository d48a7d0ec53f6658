import type { Clock } from '@fsagent/cache-core'
import type { WarmFailure, WarmReport } from './warm-report.js'

type Counted = 'alreadyFresh' | 'skippedBinary' | 'skippedLarge'

/** Adds up what comes of a warm-up. */
export class WarmTally {
  readonly #clock: Clock
  readonly #startedMs: number
  readonly #counts = { loaded: 0, alreadyFresh: 0, skippedBinary: 0, skippedLarge: 0 }
  readonly #failed: WarmFailure[] = []
  #bytes = 0

  constructor(clock: Clock) {
    this.#clock = clock
    this.#startedMs = clock.monotonic()
  }

  /** A file was read, or would be. */
  loaded(bytes: number): void {
    this.#counts.loaded += 1
    this.#bytes += bytes
  }

  add(what: Counted): void {
    this.#counts[what] += 1
  }

  /** A file could not be read, or a directory not be listed. */
  failed(path: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    this.#failed.push({ path, code: codeOf(error), message })
  }

  report(files: number, aborted: boolean): WarmReport {
    return {
      files,
      ...this.#counts,
      failed: this.#failed.sort((left, right) => (left.path < right.path ? -1 : 1)),
      bytes: this.#bytes,
      durationMs: this.#clock.monotonic() - this.#startedMs,
      aborted,
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
}
