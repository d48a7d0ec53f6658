import { names, type Stored } from './step.js'

/** An entry of the model, with the value as the step shows it. */
export interface ModelEntry {
  readonly value: unknown
  readonly tags: readonly string[]
  readonly createdAt: number
  readonly expiresAt: number
}

/** The entries of one namespace, and how often they were found. */
export class ModelStore {
  entries = new Map<string, ModelEntry>()
  hits = 0
  misses = 0

  /** The entry under a key if it has not expired; what has expired never comes back. */
  live(key: string, now: number): ModelEntry | undefined {
    const entry = this.entries.get(key)
    return entry !== undefined && isLive(entry, now) ? entry : undefined
  }

  /** As {@link live}, counted. */
  find(key: string, now: number): ModelEntry | undefined {
    const entry = this.live(key, now)
    if (entry === undefined) this.misses += 1
    else this.hits += 1
    return entry
  }

  set(key: string, value: unknown, { tags, ttl, now }: Stored & { readonly now: number }): void {
    this.entries.set(key, { value, tags, createdAt: now, expiresAt: ttl === 0 ? 0 : now + ttl * 1000 })
  }

  /** Removes an entry; answers whether it was live. */
  delete(key: string, now: number): boolean {
    const wasLive = this.live(key, now) !== undefined
    this.entries.delete(key)
    return wasLive
  }

  liveKeys(now: number): string[] {
    return [...this.entries.keys()].filter((key) => this.live(key, now) !== undefined)
  }
}

/** What a cache must be equivalent to: a map for each namespace, with expiry and tags. */
export class Model {
  readonly stores = new Map<string, ModelStore>(names.map((name) => [name, new ModelStore()]))
  #backup: Map<string, Map<string, ModelEntry>> | undefined

  store(name: string): ModelStore {
    const store = this.stores.get(name)
    if (store === undefined) throw new Error(`Cannot find namespace ${JSON.stringify(name)} in the model`)
    return store
  }

  /** The stores that `clear()` empties. */
  clearedBy(name: string): readonly ModelStore[] {
    return name === '' ? [...this.stores.values()] : [this.store(name)]
  }

  /** Sweeps what has expired; answers how many entries are left, those from the future too. */
  sweep(now: number): number {
    let left = 0
    for (const { entries } of this.stores.values()) {
      for (const [key, { expiresAt }] of entries) if (expiresAt !== 0 && expiresAt <= now) entries.delete(key)
      left += entries.size
    }
    return left
  }

  /** Notes what is live now; answers how many entries that are. */
  backup(now: number): number {
    this.#backup = new Map(
      [...this.stores].map(([name, store]) => [
        name,
        new Map([...store.entries].filter(([, entry]) => isLive(entry, now))),
      ]),
    )
    return [...this.#backup.values()].reduce((total, entries) => total + entries.size, 0)
  }

  /** Brings back what was noted last and is still live; `undefined` when nothing was ever noted. */
  restore(now: number): number | undefined {
    if (this.#backup === undefined) return undefined
    let restored = 0
    for (const [name, entries] of this.#backup) {
      const store = this.store(name)
      store.entries = new Map([...entries].filter(([, entry]) => isLive(entry, now)))
      restored += store.entries.size
    }
    return restored
  }

  /** Another object of the class counts from nothing. */
  forgetCounts(): void {
    for (const store of this.stores.values()) {
      store.hits = 0
      store.misses = 0
    }
  }
}

function isLive(entry: ModelEntry, now: number): boolean {
  return entry.createdAt <= now && (entry.expiresAt === 0 || now < entry.expiresAt)
}
