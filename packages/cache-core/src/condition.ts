import type { CacheWarning } from './cache-warning.js'
import { storageFailure, storageReason } from './level-database.js'
import type { OwnershipSettings } from './ownership-settings.js'
import type { Seat } from './seat.js'
import { tellListeners } from './tell-listeners.js'
import { TroubleNotices } from './trouble-notices.js'
import { degradedWarning, setAsideWarning } from './warnings.js'

/** Tells listeners when the cache begins to go without a store, when it has one again, and when its owner changes. */
export class Condition {
  readonly #settings: OwnershipSettings
  readonly #notices: TroubleNotices
  #isDegraded = false
  #owner: string | undefined

  constructor(settings: OwnershipSettings) {
    this.#settings = settings
    this.#notices = new TroubleNotices(settings)
  }

  /** Notes why there is no store, or none that answers. */
  #degraded(reason: CacheWarning): void {
    if (this.#isDegraded) return
    this.#isDegraded = true
    tellListeners(this.#settings.events, 'degraded', reason)
  }

  /** Notes why storage cannot be used; a warning only when that is news. */
  failed(error: unknown, isNews: boolean): void {
    const { directory, onWarning } = this.#settings
    const isDamaged = storageFailure(error) === 'damaged'
    const warning = isDamaged ? setAsideWarning(directory, storageReason(error)) : degradedWarning(directory, error)
    if (isNews) onWarning(warning)
    this.#degraded(warning)
  }

  /** Notes what keeps a seat that is there from doing all that it should. */
  troubled(warning: CacheWarning): void {
    this.#notices.note(warning)
    this.#degraded(warning)
  }

  /** Notes a seat that was taken, or that is still there. */
  seated({ role, epoch }: Seat): void {
    if (role === 'degraded') return
    // Two directories that were at one path may have counted as many owners each.
    const owner = `${role}:${epoch}`
    const isNewOwner = owner !== this.#owner
    this.#owner = owner
    if (isNewOwner) tellListeners(this.#settings.events, 'owner-changed', { role, epoch })
    if (!this.#isDegraded) return
    this.#isDegraded = false
    tellListeners(this.#settings.events, 'recovered', { role })
  }
}
