import type { EntryAddress } from '../entry-address.js'
import type { EntryStore } from '../entry-store.js'
import type { ChangeSender } from './change-sender.js'
import { Outbox, type OutboxItem } from './outbox.js'

/** Milliseconds that the callers of deletions wait for an owner that has fallen silent. */
const patience = 2000

/** A change that a follower asks for. */
export interface RemoteChange<T> {
  /** The entry that it changes, or `undefined` when it may change many. */
  readonly entry: EntryAddress | undefined
  /** Whether its caller waits a while for a silent owner: only where something is to be taken away. */
  readonly isPatient: boolean
  /** Asks the owner; `undefined` when the connection ended before the answer. */
  send(sender: ChangeSender): Promise<number | undefined>
  /** What the answer means. */
  read(answer: number): T
  /** Makes the change in the store that came after; `isGivenUp` when the caller was told that it failed. */
  resume(store: EntryStore, isGivenUp: boolean): Promise<T>
  /** Notes that it was not made. */
  miss(): void
  /** Takes it back, when it was made although the caller was told that it was not. */
  readonly undo?: () => RemoteChange<unknown>
  /** What the caller is told when it was not made in time. */
  readonly otherwise: T
}

/** The changes that a follower asked for: each is made by this owner or by the next, or noted as missed. */
export class RemoteChanges {
  readonly #sender: ChangeSender
  readonly #outbox = new Outbox()
  #patience: NodeJS.Timeout | undefined
  #state: 'open' | 'silent' | 'hopeless' | 'ended' = 'open'
  #onIdle: (() => void) | undefined

  constructor(sender: ChangeSender) {
    this.#sender = sender
  }

  /** Whether a change is under way that may change this entry. */
  touches(entry: EntryAddress): boolean {
    return this.#outbox.touches(entry)
  }

  /** Makes a change; answers what came of it. */
  make<T>(change: RemoteChange<T>): Promise<T> {
    const isWanted = this.#state === 'open' || (this.#state === 'silent' && change.isPatient)
    if (!isWanted) {
      change.miss()
      return Promise.resolve(change.otherwise)
    }
    return new Promise((resolve) => {
      const item = outboxItem(change, resolve)
      this.#outbox.add(item)
      void this.#send(change, item, resolve)
    })
  }

  /** The owner does not answer: nobody waits for a set any more, and for a deletion only a while. */
  fallSilent(onHopeless: () => void): void {
    if (this.#state !== 'open') return
    this.#state = 'silent'
    this.#outbox.giveUp('impatient')
    this.#patience = setTimeout(() => {
      this.#state = 'hopeless'
      this.#outbox.giveUp('all')
      this.#onIdle?.()
      onHopeless()
    }, patience)
    if (this.#outbox.size === 0) this.#patience.unref()
  }

  /** The owner answers again. */
  goOn(): void {
    clearTimeout(this.#patience)
    if (this.#state !== 'ended') this.#state = 'open'
  }

  /** The connection has ended: what is left is to be resumed elsewhere, in this order. */
  end(): readonly OutboxItem[] {
    clearTimeout(this.#patience)
    this.#state = 'ended'
    this.#onIdle?.()
    return this.#outbox.take()
  }

  /** Resolves when nobody waits for a change any more. */
  async settled(): Promise<void> {
    if (this.#outbox.size === 0 || this.#state === 'hopeless') return
    await new Promise<void>((resolve) => (this.#onIdle = resolve))
  }

  async #send<T>(change: RemoteChange<T>, item: OutboxItem, resolve: (result: T) => void): Promise<void> {
    const answer = await change.send(this.#sender)
    // Without an answer the item was taken over by whoever deals with the end of the connection.
    if (answer === undefined || !this.#outbox.settle(item)) return
    resolve(change.read(answer))
    if (item.isGivenUp && answer === 1) this.#undo(change)
    if (this.#outbox.size === 0) this.#onIdle?.()
  }

  /** What was asked for since takes its place anyway. */
  #undo<T>({ entry, undo }: RemoteChange<T>): void {
    if (undo !== undefined && entry !== undefined && !this.#outbox.touches(entry)) void this.make(undo())
  }
}

function outboxItem<T>(change: RemoteChange<T>, resolve: (result: T) => void): OutboxItem {
  let isGivenUp = false
  return {
    entry: change.entry,
    isPatient: change.isPatient,
    get isGivenUp() {
      return isGivenUp
    },
    giveUp: () => {
      isGivenUp = true
      resolve(change.otherwise)
    },
    resume: (store) => {
      if (store !== undefined) void change.resume(store, isGivenUp).then(resolve)
      else {
        change.miss()
        resolve(change.otherwise)
      }
    },
  }
}
