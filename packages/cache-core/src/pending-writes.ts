import type { StoredValue } from './stored-value.js'

/** What a write that is under way will leave: a value, or nothing. */
export interface PendingWrite {
  readonly value: StoredValue | undefined
}

/** The writes that were asked for and are not on disk yet, by address, so that reads see them at once. */
export class PendingWrites {
  readonly #writes = new Map<string, PendingWrite>()

  get(address: string): PendingWrite | undefined {
    // A map hashes the address before it finds out that it is empty.
    return this.#writes.size === 0 ? undefined : this.#writes.get(address)
  }

  set(address: string, write: PendingWrite): void {
    this.#writes.set(address, write)
  }

  /** Ends a write; answers whether it was the latest one for the address. */
  settle(address: string, write: PendingWrite): boolean {
    return this.#writes.get(address) === write && this.#writes.delete(address)
  }
}
