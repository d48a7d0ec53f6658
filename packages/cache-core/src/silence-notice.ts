import type { CacheWarning } from './cache-warning.js'
import type { OwnershipSettings } from './ownership-settings.js'

/** Milliseconds between two warnings. */
const noticeEvery = 60_000

/** Says that the owner does not answer, once a minute at most. */
export class SilenceNotice {
  readonly #settings: OwnershipSettings
  #nextNotice = 0

  constructor(settings: OwnershipSettings) {
    this.#settings = settings
  }

  note(warning: CacheWarning): void {
    const { clock, onWarning } = this.#settings
    if (clock.monotonic() < this.#nextNotice) return
    this.#nextNotice = clock.monotonic() + noticeEvery
    onWarning(warning)
  }
}
