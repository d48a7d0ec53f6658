import { LRUCache } from 'lru-cache'

const overheadBytes = 128

/** Decoded values by address, the least recently used out first; bounded by their estimated bytes. */
export class MemoryTier<Value extends { readonly memoryBytes: number }> {
  readonly #values: LRUCache<string, Value> | undefined
  readonly #limit: number

  /** `limit` is in bytes; 0 turns the tier off. */
  constructor(limit: number) {
    this.#limit = limit
    this.#values = limit > 0 ? new LRUCache({ maxSize: limit }) : undefined
  }

  get(address: string): Value | undefined {
    return this.#values?.get(address)
  }

  /** Whether it keeps anything. */
  get isOn(): boolean {
    return this.#values !== undefined
  }

  set(address: string, value: Value): void {
    this.#values?.set(address, value, { size: address.length + value.memoryBytes + overheadBytes })
  }

  delete(address: string): void {
    this.#values?.delete(address)
  }

  /** Forgets every value whose address begins with the prefix. */
  clear(prefix: string): void {
    if (this.#values === undefined) return
    for (const address of this.#values.keys()) if (address.startsWith(prefix)) this.#values.delete(address)
  }

  stats(): { readonly size: number; readonly bytes: number; readonly limit: number } {
    return { size: this.#values?.size ?? 0, bytes: this.#values?.calculatedSize ?? 0, limit: this.#limit }
  }
}
