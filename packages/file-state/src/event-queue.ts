import { readFileSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { orUndefined } from './system-error.js'

const defaultCapacity = 16_384

/**
 * The inotify queue that all watches of a thread share, counted, because the kernel drops what does not fit into it and
 * Node says nothing of that.
 *
 * What is delivered between two turns of the event loop was in the queue at once. Half of what fits is taken for too
 * much: events of watches that were closed meanwhile take room and are never delivered.
 */
export class EventQueue {
  readonly #listeners = new Set<() => void>()
  #capacity: number | undefined
  #delivered = 0
  #hidden = 0
  #isCounting = false

  /** How many events fit, as it was when the first watch was made. */
  get capacity(): number {
    this.#capacity ??= readCapacity()
    return this.#capacity
  }

  /**
   * Whether more came in one turn of the event loop than the queue can hold. libuv reads until the queue is empty: while
   * somebody fills it as fast as it is read, the event loop stands still, and no timeout fires.
   */
  get isFlooded(): boolean {
    return this.#delivered > this.capacity
  }

  /** Has a listener called when events may have been lost. */
  subscribe(listener: () => void): void {
    void this.capacity
    this.#listeners.add(listener)
  }

  unsubscribe(listener: () => void): void {
    this.#listeners.delete(listener)
  }

  /** Counts an event that was delivered. */
  count(): void {
    this.#delivered += 1
    this.#check()
    if (this.#isCounting) return
    this.#isCounting = true
    setImmediate(() => {
      this.#delivered = 0
      this.#isCounting = false
    })
  }

  /** Counts events that take room in the queue and are not delivered: the kernel confirms each watch that is closed. */
  async expectHidden(count: number): Promise<void> {
    this.#hidden += count
    this.#check()
    await turn()
    await turn()
    this.#hidden -= count
  }

  /** Says that events may have been lost. */
  overflow(): void {
    for (const listener of this.#listeners) listener()
  }

  /**
   * Waits until every event that is in the queue now has been delivered.
   *
   * The first turn of the event loop may be past its polling; the second one polls anew, and libuv then reads until the
   * queue is empty.
   */
  async drained(): Promise<void> {
    await turn()
    await turn()
  }

  #check(): void {
    if (this.#delivered + this.#hidden >= this.capacity / 2) this.overflow()
  }
}

/** The one queue that there is: each thread has an event loop, and its own copy of this module. */
export const eventQueue = new EventQueue()

function readCapacity(): number {
  const text = orUndefined(() => readFileSync('/proc/sys/fs/inotify/max_queued_events', 'utf8'))
  const capacity = Number(text?.trim() ?? defaultCapacity)
  return Number.isSafeInteger(capacity) && capacity > 0 ? Math.min(capacity, defaultCapacity) : defaultCapacity
}
