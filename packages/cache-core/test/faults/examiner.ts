import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fixture } from '../cache-process.js'

/** What a child process saw of a cache. */
export interface Examination {
  readonly wrong: readonly string[]
  readonly found: number
  readonly warnings: readonly string[]
}

interface Child {
  readonly process: ChildProcessWithoutNullStreams
  readonly lines: AsyncIterator<string>
  readonly errors: () => string
}

/** Has caches examined by a child process, so that one that ends it is seen as a failure; then begins another one. */
export class Examiner implements AsyncDisposable {
  /** How often the child ended by itself. */
  ends = 0
  readonly #script: string
  #child: Child | undefined

  constructor(script: string) {
    this.#script = script
  }

  async examine(request: object): Promise<Examination> {
    const child = (this.#child ??= await this.#start())
    child.process.stdin.write(`${JSON.stringify(request)}\n`)
    const line = await child.lines.next()
    if (line.done !== true) return JSON.parse(line.value)
    this.#child = undefined
    this.ends += 1
    return { wrong: [`ended the process: ${child.errors().slice(-2000)}`], found: 0, warnings: [] }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    child.process.stdin.end()
    await once(child.process, 'exit')
  }

  async #start(): Promise<Child> {
    const child = spawn(process.execPath, [fixture(this.#script)])
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)))
    const reader = createInterface({ input: child.stdout })
    const lines = reader[Symbol.asyncIterator]()
    await lines.next()
    return { process: child, lines, errors: () => errors }
  }
}
