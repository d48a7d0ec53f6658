import type { Change } from './change.js'

/** Changes written as one batch at most. */
const groupLength = 512

interface WaitingChange {
  readonly change: Change
  readonly resolve: (result: boolean) => void
}

interface WaitingTask {
  readonly task: () => Promise<void>
}

type Waiting = WaitingChange | WaitingTask

/** What a queue hands its work to. */
export interface QueueSettings {
  /** Bytes that one group brings at most, unless it is a single change. */
  readonly groupBytes: number
  /** Writes a group of changes; answers one result for each. */
  readonly commit: (changes: readonly Change[]) => Promise<readonly boolean[]>
  /** Told about a change that will never be written. */
  readonly onLost: (change: Change) => void
  /** Told when a group could not be written; the queue takes nothing more. */
  readonly onFailure: (error: unknown) => void
}

/**
 * One write at a time, in the order in which they were asked for. What waits while a batch is being written becomes
 * the next batch (group commit), so many small sets cost one write.
 */
export class WriteQueue {
  readonly #settings: QueueSettings
  #waiting: Waiting[] = []
  #running: Promise<void> | undefined
  #failed = false

  constructor(settings: QueueSettings) {
    this.#settings = settings
  }

  /** Writes a change with the next group; `false` also when it could not be written. */
  push(change: Change): Promise<boolean> {
    if (this.#failed) {
      this.#settings.onLost(change)
      return Promise.resolve(false)
    }
    return new Promise((resolve) => {
      this.#waiting.push({ change, resolve })
      this.#start()
    })
  }

  /** Runs a task alone, after what waits now; `fallback` is the answer when storage fails before or in it. */
  run<T>(task: () => Promise<T>, fallback: T): Promise<T> {
    if (this.#failed) return Promise.resolve(fallback)
    return new Promise((resolve) => {
      const guarded = async (): Promise<void> => {
        if (this.#failed) return resolve(fallback)
        try {
          resolve(await task())
        } catch (error) {
          resolve(fallback)
          throw error
        }
      }
      this.#waiting.push({ task: guarded })
      this.#start()
    })
  }

  /** Resolves when everything that waits now is done. */
  async idle(): Promise<void> {
    await this.#running
  }

  get isIdle(): boolean {
    return this.#running === undefined
  }

  /** Gives up everything that waits: the store cannot be written any more. */
  fail(): void {
    this.#failed = true
    const waiting = this.#waiting
    this.#waiting = []
    for (const item of waiting) this.#giveUp(item)
  }

  #start(): void {
    this.#running ??= this.#drain()
  }

  async #drain(): Promise<void> {
    // Lets the callers of this turn of the event loop join the first group.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const first = this.#waiting[0]
      if (first !== undefined && 'task' in first) {
        this.#waiting.shift()
        await this.#attempt(first.task, [])
      } else await this.#commit(this.#takeGroup())
    }
    this.#running = undefined
  }

  async #commit(group: readonly WaitingChange[]): Promise<void> {
    await this.#attempt(async () => {
      const results = await this.#settings.commit(group.map(({ change }) => change))
      for (const [index, { resolve }] of group.entries()) resolve(results[index] ?? false)
    }, group)
  }

  async #attempt(action: () => Promise<void>, group: readonly WaitingChange[]): Promise<void> {
    try {
      await action()
    } catch (error) {
      for (const item of group) this.#giveUp(item)
      this.fail()
      this.#settings.onFailure(error)
    }
  }

  #takeGroup(): readonly WaitingChange[] {
    const group: WaitingChange[] = []
    let bytes = 0
    for (const item of this.#waiting) {
      if ('task' in item || group.length === groupLength) break
      if (item.change.type === 'set') bytes += item.change.sizeBytes
      if (bytes > this.#settings.groupBytes && group.length > 0) break
      group.push(item)
    }
    this.#waiting.splice(0, group.length)
    return group
  }

  #giveUp(item: Waiting): void {
    if ('task' in item) void item.task()
    else {
      this.#settings.onLost(item.change)
      item.resolve(false)
    }
  }
}
