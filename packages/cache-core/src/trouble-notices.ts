import type { CacheWarning, CacheWarningCode } from './cache-warning.js'
import type { OwnershipSettings } from './ownership-settings.js'

/** Milliseconds between two warnings of one kind. */
const noticeEvery = 60_000

/** Warns of what comes and goes, an owner that does not answer for one: of each kind once a minute at most. */
export class TroubleNotices {
  readonly #settings: OwnershipSettings
  readonly #nextByCode = new Map<CacheWarningCode, number>()

  constructor(settings: OwnershipSettings) {
    this.#settings = settings
  }

  note(warning: CacheWarning): void {
    const { clock, onWarning } = this.#settings
    const now = clock.monotonic()
    if (now < (this.#nextByCode.get(warning.code) ?? 0)) return
    this.#nextByCode.set(warning.code, now + noticeEvery)
    onWarning(warning)
  }
}
