import { BlobSweepChore } from './blob-sweep-chore.js'
import type { Chore } from './chore.js'
import { ClearedChore } from './cleared-chore.js'
import { CompactionChore } from './compaction-chore.js'
import { ExpiryChore } from './expiry-chore.js'
import { PrivacyChore } from './privacy-chore.js'
import { SetAsideChore } from './set-aside-chore.js'
import { StampChore } from './stamp-chore.js'
import type { StoreParts } from './store-parts.js'
import { Verifier } from './verifier.js'
import type { WriteQueue } from './write-queue.js'

/** Does the chores of an open store, one round at a time. */
export class Maintenance {
  readonly verifier: Verifier
  readonly #stamps: StampChore
  readonly #expiry: ExpiryChore
  readonly #compaction: CompactionChore | undefined
  readonly #privacy: PrivacyChore | undefined
  readonly #chores: readonly Chore[]
  readonly #onFailure: (error: unknown) => void
  #round: Promise<void> | undefined
  #isStopped = false

  constructor(parts: StoreParts, queue: WriteQueue, onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure
    this.verifier = new Verifier(parts, queue)
    this.#stamps = new StampChore(parts.stamps, queue)
    this.#expiry = new ExpiryChore(parts, queue)
    this.#chores = [this.#stamps, this.#expiry, new ClearedChore(parts, queue, this.verifier)]
    const { files, clock } = parts
    if (files === undefined) return
    this.#compaction = new CompactionChore(parts, files)
    this.#privacy = new PrivacyChore(files.directory, clock)
    const sweeps = [new BlobSweepChore(files.blobs, clock), new SetAsideChore(files.directory)]
    this.#chores = [...this.#chores, this.#compaction, ...sweeps, this.#privacy]
  }

  /** Notes a write and when its entry will expire, in milliseconds since the epoch; 0 means never. */
  noteWrite(expiresAt: number): void {
    this.#expiry.expect(expiresAt)
    this.#compaction?.noteWrite()
  }

  /** Writes down the order of use. */
  async writeStamps(): Promise<void> {
    await this.#stamps.run()
  }

  /** Does what is due. Called about once a second; a call during a round waits for that round. */
  wake(): Promise<void> {
    if (this.#isStopped) return Promise.resolve()
    this.#round ??= this.#run().finally(() => {
      this.#round = undefined
    })
    return this.#round
  }

  /** Does what is due now, also what came up during a round that runs. */
  async settle(): Promise<void> {
    await this.#round
    await this.wake()
  }

  /** Ends the chores, writes down the order of use and leaves no file open to others. */
  async finish(): Promise<void> {
    this.#isStopped = true
    await this.#round
    await this.#guard(async () => {
      await this.#stamps.run()
      await this.#privacy?.runNow()
    })
  }

  async #run(): Promise<void> {
    await this.#guard(async () => {
      for (const chore of this.#chores) await chore.run(() => this.#isStopped)
    })
  }

  async #guard(action: () => Promise<void>): Promise<void> {
    try {
      await action()
    } catch (error) {
      this.#onFailure(error)
    }
  }
}
