import { Worker, type MessagePort } from 'node:worker_threads'
import { damageError } from '../level-database.js'
import type { StoreListener } from '../store.js'
import { within } from '../within.js'
import type { FromThread, ThreadOrder, ToThread } from './thread-messages.js'

/** Megabytes: values are outside the heap, in the heap are requests and what is known of namespaces. */
const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 } as const

/** Milliseconds for taking a directory over, and for ending. */
const serveWithin = 5000
const stopWithin = 30_000

/** Whom a thread tells what happens to the store. */
type ThreadListener = Pick<StoreListener, 'onLost' | 'onEvict'>

/** The thread of this process that serves followers, so that they need not wait for what else the process does. */
export class ServingThread {
  /** Resolves when the thread has ended: with why storage failed, if that is why. */
  readonly ended: Promise<unknown>
  readonly #worker: Worker
  readonly #listener: ThreadListener
  readonly #heard = new Map<FromThread['type'], () => void>()
  #failure: unknown

  private constructor(listener: ThreadListener) {
    this.#listener = listener
    // Nothing of how this process was started concerns it, and it neither reads input nor prints.
    this.#worker = new Worker(new URL('serve-in-thread.js', import.meta.url), {
      name: 'fsagent-cache',
      argv: [],
      execArgv: [],
      env: {},
      stdin: false,
      stdout: true,
      stderr: true,
      resourceLimits,
    })
    this.#worker.unref()
    this.#worker.on('message', (message: FromThread) => this.#hear(message))
    // Whatever it was that ended it: 'exit' follows.
    this.#worker.on('error', () => {})
    this.ended = new Promise((resolve) => {
      this.#worker.on('exit', () => resolve(this.#failure))
    })
  }

  /** Starts the thread; answers `undefined` where there may be none. */
  static start(listener: ThreadListener): ServingThread | undefined {
    try {
      return new ServingThread(listener)
    } catch (error) {
      if (error instanceof Error) return undefined
      throw error
    }
  }

  /** Whether the thread has come up: not where its code cannot be found, as in a bundle or among sources. */
  isLoaded(): Promise<boolean> {
    return this.#isHeard('loaded')
  }

  /** Has the thread serve a directory; answers whether it does. Until then the process stays. */
  async serve(order: ThreadOrder): Promise<boolean> {
    this.#worker.ref()
    const isServing = within(this.#isHeard('serving'), serveWithin)
    this.#send({ type: 'serve', order }, [order.numbers])
    const answer = await isServing
    this.#worker.unref()
    if (answer !== true) await this.terminate()
    return answer === true
  }

  /** Tells which entries were used, and when. */
  reportUse(uses: readonly (readonly [address: string, usedAt: number])[]): void {
    if (uses.length > 0) this.#send({ type: 'used', uses })
  }

  /** Has the thread answer what it was asked and write what waits, and ends it. */
  async stop(): Promise<void> {
    this.#worker.ref()
    this.#send({ type: 'stop' })
    await within(this.ended, stopWithin)
    await this.terminate()
  }

  /** Ends the thread at once: what it was asked and did not answer is asked again elsewhere. */
  async terminate(): Promise<void> {
    await this.#worker.terminate()
    await this.ended
  }

  /** Whether the thread says something before it ends. */
  async #isHeard(type: FromThread['type']): Promise<boolean> {
    const heard = new Promise<boolean>((resolve) => this.#heard.set(type, () => resolve(true)))
    return await Promise.race([heard, this.ended.then(() => false)])
  }

  #hear(message: FromThread): void {
    if (message.type === 'lost') this.#listener.onLost(message.change)
    else if (message.type === 'evicted') this.#listener.onEvict(message.count)
    else if (message.type === 'failed')
      this.#failure ??= message.failure === 'damaged' ? damageError(message.reason) : new Error(message.reason)
    this.#heard.get(message.type)?.()
  }

  #send(message: ToThread, transfer: readonly MessagePort[] = []): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage(message, transfer)
  }
}
