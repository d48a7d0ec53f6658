import { setImmediate as nextTurn } from 'node:timers/promises'
import { checkKey, checkSetOptions, checkTag } from './arguments.js'
import type { EntryEvent } from './cache-events.js'
import type { CacheStatistics } from './cache-statistics.js'
import type { CacheStore, ChangeOptions, GetOptions, KeysOptions, LookupResult, SetOptions } from './cache-store.js'
import { addressPrefix, type EntryAddress } from './entry-address.js'
import type { Found } from './entry-store.js'
import { loadValue } from './load-value.js'
import type { NewEntry } from './new-entry.js'
import type { Ownership } from './ownership.js'
import { SingleFlight } from './single-flight.js'
import { describeStore, type UseCounts } from './statistics.js'
import type { EntryTimes } from './stored-value.js'
import { tellListeners } from './tell-listeners.js'
import { untilAborted } from './until-aborted.js'
import { eachUntilAborted } from './each-until-aborted.js'
import { encodeValue } from './value-codec.js'
import { unescapeText } from './well-formed-text.js'

/** Keys read without letting other work of the process have its turn. */
const readsPerTurn = 256

/** The entries of one namespace; the cache itself is the one without a name. */
export class NamespaceStore implements CacheStore {
  readonly counts: UseCounts = { hits: 0, misses: 0, stale: 0 }
  readonly #ownership: Ownership
  readonly #name: string
  readonly #prefix: string
  readonly #flights = new SingleFlight()

  /** `name` is escaped. */
  constructor(ownership: Ownership, name: string) {
    this.#ownership = ownership
    this.#name = name
    this.#prefix = addressPrefix(name)
  }

  async get<T>(key: string, options?: GetOptions): Promise<T | undefined> {
    options?.signal?.throwIfAborted()
    const entry = this.#entry(key)
    const found = this.#find(entry)
    // Not by way of `lookup()`: each promise more costs half a microsecond, and most hits need to wait for nothing.
    if (found.status !== 'unknown') return this.#count<T>(entry, found)
    return this.#count<T>(entry, await untilAborted(this.#ask(entry), options?.signal))
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller's word, as for `get()`
  getSync<T>(key: string): T | undefined {
    const entry = this.#entry(key)
    return this.#count<T>(entry, this.#find(entry))
  }

  async lookup<T>(key: string, options?: GetOptions): Promise<LookupResult<T> | undefined> {
    options?.signal?.throwIfAborted()
    const entry = this.#entry(key)
    const found = this.#find(entry)
    return this.#describe<T>(
      entry,
      found.status === 'unknown' ? await untilAborted(this.#ask(entry), options?.signal) : found,
    )
  }

  lookupSync<T>(key: string): LookupResult<T> | undefined {
    const entry = this.#entry(key)
    return this.#describe<T>(entry, this.#find(entry))
  }

  async getMany<T>(keys: Iterable<string>, options?: GetOptions): Promise<(T | undefined)[]> {
    options?.signal?.throwIfAborted()
    const values: (T | undefined)[] = []
    let waiting: Promise<T | undefined>[] = []
    for (const key of Array.from(keys)) {
      waiting.push(this.get<T>(key, options))
      if (waiting.length < readsPerTurn) continue
      values.push(...(await Promise.all(waiting)))
      waiting = []
      await nextTurn()
    }
    values.push(...(await Promise.all(waiting)))
    return values
  }

  async has(key: string, options?: GetOptions): Promise<boolean> {
    options?.signal?.throwIfAborted()
    const entry = this.#entry(key)
    const found = this.#find(entry)
    const certain = found.status === 'unknown' ? await untilAborted(this.#ask(entry), options?.signal) : found
    return certain.status === 'found'
  }

  async set(key: string, value: unknown, options?: SetOptions): Promise<boolean> {
    const { signal, ...stored } = checkSetOptions(options)
    signal?.throwIfAborted()
    const entry = { ...this.#entry(key), ...stored, encoded: encodeValue(value) }
    this.#flights.forget(entry.text)
    return await untilAborted(this.#store(entry), signal)
  }

  async setMany(entries: Iterable<readonly [string, unknown]>, options?: SetOptions): Promise<boolean> {
    const { signal, ...stored } = checkSetOptions(options)
    signal?.throwIfAborted()
    const encoded = Array.from(entries, ([key, value]) => ({
      ...this.#entry(key),
      ...stored,
      encoded: encodeValue(value),
    }))
    for (const entry of encoded) this.#flights.forget(entry.text)
    const results = await untilAborted(Promise.all(encoded.map((entry) => this.#store(entry))), signal)
    return results.every(Boolean)
  }

  async getOrSet<T>(key: string, loader: () => T | Promise<T>, options?: SetOptions): Promise<T> {
    const { signal, ...stored } = checkSetOptions(options)
    signal?.throwIfAborted()
    const entry = this.#entry(key)
    const first = this.#find(entry)
    const known = this.#count<T>(entry, first)
    if (known !== undefined) return known
    const flight = loadValue(this.#flights, entry.text, {
      isMissing: first.status !== 'unknown',
      find: async () => this.#count<T>(entry, await this.#ask(entry)),
      load: loader,
      lease: async () => await this.#ownership.use()?.lease(entry),
      store: (encoded, lease) => this.#store({ ...entry, ...stored, encoded, lease }),
    })
    const value = await untilAborted(flight, signal)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- who shares the flight shares its loader's type
    return (value instanceof Uint8Array ? new Uint8Array(value) : value) as T
  }

  async delete(key: string, { signal }: ChangeOptions = {}): Promise<boolean> {
    signal?.throwIfAborted()
    return await untilAborted(this.#remove(this.#entry(key)), signal)
  }

  async deleteMany(keys: Iterable<string>, { signal }: ChangeOptions = {}): Promise<number> {
    signal?.throwIfAborted()
    // All of them first: a key that is no string must not leave the deletion half done.
    const entries = Array.from(keys, (key) => this.#entry(key))
    const results = await untilAborted(Promise.all(entries.map((entry) => this.#remove(entry))), signal)
    return results.filter(Boolean).length
  }

  async deleteByTag(tag: string, { signal }: ChangeOptions = {}): Promise<number> {
    signal?.throwIfAborted()
    const escaped = checkTag(tag)
    this.#flights.forgetAll()
    const removal = this.#ownership.change({
      make: (store) => store.deleteByTag({ namespace: this.#name, tag: escaped }),
      miss: () => {
        this.#ownership.missed.addClear(this.#name)
        return 0
      },
    })
    return await untilAborted(removal, signal)
  }

  keys({ prefix = '', signal }: KeysOptions = {}): AsyncIterable<string> {
    const keys = this.#ownership.keys(this.#name, prefix)
    return signal === undefined ? keys : eachUntilAborted(keys, signal)
  }

  async clear({ signal }: ChangeOptions = {}): Promise<void> {
    signal?.throwIfAborted()
    this.forgetFlights()
    await untilAborted(this.#ownership.clear(this.#name), signal)
  }

  stats(): CacheStatistics {
    return describeStore(this.#ownership, this.#name, this.counts)
  }

  /** Lets no computation that runs now store its result. */
  forgetFlights(): void {
    this.#flights.forgetAll()
  }

  #store(entry: NewEntry): Promise<boolean> {
    return this.#ownership.change({
      make: (store) => store.set(entry),
      miss: () => {
        this.#ownership.missed.addEntry(entry)
        return false
      },
    })
  }

  #remove(entry: EntryAddress): Promise<boolean> {
    this.#flights.forget(entry.text)
    return this.#ownership.change({
      make: (store) => store.delete(entry),
      miss: () => {
        this.#ownership.missed.addEntry(entry)
        return false
      },
    })
  }

  #find(entry: EntryAddress): Found {
    return this.#ownership.find(entry)
  }

  #ask(entry: EntryAddress): Promise<Found> {
    return this.#ownership.ask(entry)
  }

  /** Counts a hit or a miss, and answers the value; what only another process could tell is neither. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller's word, as for `get()`
  #count<T>(entry: EntryAddress, found: Found): T | undefined {
    const { events, heard } = this.#ownership.settings
    if (found.status === 'found') {
      this.counts.hits += 1
      const { value, tier } = found
      if (heard.hit) tellListeners(events, 'hit', { ...this.#nameOf(entry), tier, ageSeconds: this.#ageOf(value) })
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the type is the caller's word for what was stored
      return value.read() as T
    }
    if (found.status !== 'unknown') this.counts.misses += 1
    if (found.status === 'stale') this.counts.stale += 1
    if (found.status === 'stale' && heard.stale) tellListeners(events, 'stale', this.#nameOf(entry))
    if (found.status !== 'unknown' && heard.miss) tellListeners(events, 'miss', this.#nameOf(entry))
    return undefined
  }

  /** Counts as {@link #count}, and answers more than the value. */
  #describe<T>(entry: EntryAddress, found: Found): LookupResult<T> | undefined {
    const value = this.#count<T>(entry, found)
    if (value === undefined || found.status !== 'found') return undefined
    return { value, tier: found.tier, ageSeconds: this.#ageOf(found.value) }
  }

  #ageOf({ createdAt }: EntryTimes): number {
    return Math.max(0, this.#ownership.settings.clock.now() - createdAt) / 1000
  }

  /** An entry in the caller's words. */
  #nameOf({ namespace, text }: EntryAddress): EntryEvent {
    return { namespace: unescapeText(namespace), key: unescapeText(text) }
  }

  #entry(key: string): EntryAddress {
    const text = checkKey(key)
    return { namespace: this.#name, text, address: this.#prefix + text }
  }
}
