import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { EngineAnswer, EngineCommand, EngineRequest } from './engine-commands.js'

const program = fileURLToPath(new URL('engine-process.js', import.meta.url))

interface Waiting {
  readonly resolve: (times: readonly number[]) => void
  readonly reject: (error: Error) => void
}

/** A process of its own with one engine in it. */
export class EngineChild implements AsyncDisposable {
  readonly #process: ChildProcess
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 1

  private constructor() {
    this.#process = fork(program)
    this.#process.on('message', (answer: EngineAnswer) => this.#receive(answer))
    this.#process.on('exit', (code, signal) => this.#fail(`its process ended with ${signal ?? code}`))
  }

  /** Starts the process and opens the engine there. */
  static async open(options: Omit<EngineCommand & { type: 'open' }, 'type'>): Promise<EngineChild> {
    const child = new EngineChild()
    try {
      await child.tell({ type: 'open', ...options })
      return child
    } catch (error) {
      await child[Symbol.asyncDispose]()
      throw error
    }
  }

  /** Has a command carried out; gives the times taken there. */
  tell(command: EngineCommand): Promise<readonly number[]> {
    const request: EngineRequest = { id: this.#nextId, command }
    this.#nextId += 1
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject })
      this.#process.send(request)
    })
  }

  /** Closes the engine and ends the process. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    await this.tell({ type: 'close' })
    const ended = once(this.#process, 'exit')
    this.#process.disconnect()
    await ended
  }

  #receive(answer: EngineAnswer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if ('error' in answer) waiting?.reject(new Error(`Cannot measure an engine: ${answer.error}`))
    else waiting?.resolve(answer.times)
  }

  #fail(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(`Cannot measure an engine: ${reason}`))
    this.#waiting.clear()
  }
}
