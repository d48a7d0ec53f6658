import { setTimeout as sleep } from 'node:timers/promises'
import { timeEach, timeInFlight } from '../measure.js'
import type { EngineCommand } from './engine-commands.js'
import type { Engine } from './engine.js'
import { openEngine } from './engines.js'
import { makeEntries, type Entries } from './entries.js'

const BLOCK_EVERY_MS = 100
const READ_IN_FLIGHT = 64
const MISSES_ALLOWED = 50
const MISS_PAUSE_MS = 20
const REFUSED_PAUSE_MS = 5

/** An engine and the entries in it, used by commands. */
export class EngineHost {
  #engine: Engine | undefined
  #entries: Entries | undefined
  readonly #further: Engine[] = []
  #blocking: NodeJS.Timeout | undefined
  #gets = 0
  #misses = 0

  /** Carries a command out; answers the times that it was to take. */
  async act(command: EngineCommand): Promise<readonly number[]> {
    switch (command.type) {
      case 'open':
        this.#engine = await openEngine(command.engine, command.options)
        this.#entries = makeEntries(command.entries, command.valueBytes)
        return []
      case 'timeOpen':
        return await timeEach(() => this.#openFurther(command), 1)
      case 'closeFurther':
        for (const engine of this.#further.splice(0)) await engine.close()
        return []
      case 'fill':
        await this.#opened.engine.fill(this.#opened.entries.list)
        return []
      case 'readAll':
        await this.#readAll()
        return []
      case 'timeGets':
        return await this.#timeGets(command)
      case 'timePacedGets':
        return await this.#timePacedGets(command)
      case 'timeGetsInFlight':
        return await timeInFlight(() => this.#hit(), command.count, command.inFlight)
      case 'timeMix':
        return await this.#timeMix(command)
      case 'block':
        this.#block(command.share)
        return []
      case 'close':
        this.#block(0)
        await this.#engine?.close()
        return []
      default:
        return command
    }
  }

  get #opened(): { readonly engine: Engine; readonly entries: Entries } {
    if (this.#engine === undefined || this.#entries === undefined)
      throw new Error('Cannot use an engine: none was opened')
    return { engine: this.#engine, entries: this.#entries }
  }

  /** A store that cannot take values yet is asked again: until then it serves nobody. */
  async #openFurther({ engine: name, options }: EngineCommand & { type: 'timeOpen' }): Promise<void> {
    const engine = await openEngine(name, options)
    this.#further.push(engine)
    const value = Buffer.from('opened')
    while ((await engine.set(`opened-by-${process.pid}`, value)) === false) await sleep(REFUSED_PAUSE_MS)
  }

  async #readAll(): Promise<void> {
    const { engine, entries } = this.#opened
    await timeInFlight(() => engine.get(entries.next()), entries.list.length, READ_IN_FLIGHT)
  }

  async #timeGets({ count, isHot }: EngineCommand & { type: 'timeGets' }): Promise<readonly number[]> {
    const { engine, entries } = this.#opened
    await this.#hit()
    return await timeEach(isHot ? () => engine.get(entries.nextHot()) : () => engine.get(entries.next()), count)
  }

  async #timePacedGets({ count, everyMs }: EngineCommand & { type: 'timePacedGets' }): Promise<readonly number[]> {
    const hits: Promise<readonly number[]>[] = []
    for (let index = 0; index < count; index += 1) {
      hits.push(timeEach(() => this.#hit(), 1))
      await sleep(everyMs)
    }
    return (await Promise.all(hits)).flat()
  }

  /** A busy machine may keep an owner from answering in time once in a while; a store that lost its entries may not. */
  async #hit(): Promise<void> {
    const { engine, entries } = this.#opened
    this.#gets += 1
    if ((await engine.get(entries.next())) !== undefined) return
    this.#misses += 1
    if (this.#misses > MISSES_ALLOWED + this.#gets / 100)
      throw new Error(`Cannot measure hits: ${this.#misses} of ${this.#gets} were misses`)
    await sleep(MISS_PAUSE_MS)
  }

  /** One time: all of it by the number of operations. A miss counts as one too; there are hardly any. */
  async #timeMix({
    milliseconds,
    inFlight,
    setShare,
  }: EngineCommand & { type: 'timeMix' }): Promise<readonly number[]> {
    const { engine, entries } = this.#opened
    const started = performance.now()
    const end = started + milliseconds
    let operations = 0
    const work = async (): Promise<void> => {
      while (performance.now() < end) {
        const key = entries.anyKey()
        await (Math.random() < setShare ? engine.set(key, entries.value()) : engine.get(key))
        operations += 1
      }
    }
    await Promise.all(Array.from({ length: inFlight }, work))
    return [((performance.now() - started) * 1000) / operations]
  }

  #block(share: number): void {
    clearInterval(this.#blocking)
    if (share === 0) return
    this.#blocking = setInterval(() => {
      const end = performance.now() + BLOCK_EVERY_MS * share
      while (performance.now() < end);
    }, BLOCK_EVERY_MS)
  }
}
