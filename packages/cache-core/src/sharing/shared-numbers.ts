import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads'
import type { Ledger } from '../ledger.js'
import type { SharedCounters } from './shared-counters.js'

/** A namespace and its new number; none when it was cleared. */
type NumberChange = readonly [namespace: string, id: string | undefined]

/** The numbers of the namespaces, where the thread that serves changes them. */
export class SharedNumbers {
  readonly #numbers: Map<string, string>
  readonly #port: MessagePort
  readonly #counters: SharedCounters
  #seen = 0

  /** Begins with what the ledger says now; changes come over the port. */
  constructor(ledger: Ledger, port: MessagePort, counters: SharedCounters) {
    this.#numbers = new Map(ledger.namespaces().map((name) => [name, ledger.tally(name)?.id ?? '']))
    this.#port = port
    this.#counters = counters
  }

  /** The number of a namespace at this moment; `undefined` when it holds nothing. */
  numberOf(namespace: string): string | undefined {
    if (this.#counters.numberChanges !== this.#seen) this.catchUp()
    return this.#numbers.get(namespace)
  }

  /** Takes in what changed: each change was sent before it was counted. */
  catchUp(): void {
    for (let next = receiveMessageOnPort(this.#port); next !== undefined; next = receiveMessageOnPort(this.#port)) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only announceNumbers() sends on this port
      const [namespace, id] = next.message as NumberChange
      this.#seen = (this.#seen + 1) | 0
      if (id === undefined) this.#numbers.delete(namespace)
      else this.#numbers.set(namespace, id)
    }
  }

  close(): void {
    this.#port.close()
  }
}

/** Tells the thread that owns of each change of a number, before anything is read or written under it. */
export function announceNumbers(ledger: Ledger, port: MessagePort, counters: SharedCounters): void {
  ledger.onNumber = (namespace, id) => {
    const change: NumberChange = [namespace, id]
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
    port.postMessage(change)
    counters.noteNumberChange()
  }
}
