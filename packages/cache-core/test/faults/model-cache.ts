import type { SeededRandom } from '@fsagent/testing'
import type { PersistentCache } from '../../src/index.js'

const keys = Array.from({ length: 30 }, (_, index) => `key-${index}`)

/**
 * Uses a cache at random beside a map of what it may answer. A set that was refused leaves nothing; what was stored may
 * be missing while there is a fault; anything else is wrong.
 */
export class ModelCache {
  readonly wrong: string[] = []
  refused = 0
  stored = 0
  readonly #random: SeededRandom
  readonly #expected = new Map<string, string>()
  #sequence = 0

  constructor(random: SeededRandom) {
    this.#random = random
  }

  /** Does some operations one after the other. */
  async use(cache: PersistentCache, operations: number): Promise<void> {
    for (let left = operations; left > 0; left -= 1) {
      const key = this.#random.pick(keys)
      const choice = this.#random.integer(1, 100)
      if (choice <= 45) await this.set(cache, key)
      else if (choice <= 90) await this.#get(cache, key)
      else if (choice <= 98) await this.#delete(cache, key)
      else await this.#clear(cache)
    }
  }

  /** Stores a new value; answers whether it was stored. */
  async set(cache: PersistentCache, key: string): Promise<boolean> {
    const text = `${key} ${(this.#sequence += 1)} `
    const value = text.repeat(Math.ceil(this.#random.pick([10, 1000, 30_000, 90_000]) / text.length))
    const isStored = await cache.set(key, value, { tags: ['model'] })
    if (isStored) this.#expected.set(key, value)
    else this.#expected.delete(key)
    this.stored += Number(isStored)
    this.refused += Number(!isStored)
    return isStored
  }

  /** Compares every key; answers how many have their value. */
  async compare(cache: PersistentCache): Promise<number> {
    let found = 0
    for (const key of keys) if ((await this.#get(cache, key)) !== undefined) found += 1
    return found
  }

  async #get(cache: PersistentCache, key: string): Promise<string | undefined> {
    const value = this.#random.next() < 0.5 ? cache.getSync<string>(key) : await cache.get<string>(key)
    if (value !== undefined && value !== this.#expected.get(key)) this.wrong.push(`${key} is ${value.slice(0, 30)}`)
    return value
  }

  async #delete(cache: PersistentCache, key: string): Promise<void> {
    await cache.delete(key)
    this.#expected.delete(key)
  }

  async #clear(cache: PersistentCache): Promise<void> {
    await cache.deleteByTag('model')
    this.#expected.clear()
  }
}
