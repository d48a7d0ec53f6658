import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '../seeded-random.js'
import type { Query } from './draw-query.js'
import { operations } from './operations.js'
import { type DisturbStep, latestPath, type Step } from './plan.js'
import { settle, type World } from './places.js'
import type { Subject } from './subject.js'

/** What is played with. */
export interface PlayOptions {
  readonly steps: readonly Step[]
  readonly root: string
  /** A directory beside the root, on the same file system. */
  readonly outside: string
  readonly subjects: readonly Subject[]
  /** Answers each question as if it was the first one ever. */
  readonly fresh: Subject
  /** Ends the run when this many milliseconds have passed. */
  readonly mostMilliseconds?: number
  /** Ends the run when there are this many differences. */
  readonly mostDifferences?: number
  /** The documented exception: operations that nobody can see, until this has been awaited. */
  readonly exception?: { readonly operation: string; readonly audit: () => Promise<void> }
}

/** A question that was answered differently. */
export interface Difference {
  readonly subject: string
  readonly query: Query
  readonly outcome: string
  readonly given: string
  readonly right: string
  /** How many steps had been played, this one included. */
  readonly step: number
}

/** What was done and how it was answered. */
export interface PlayReport {
  readonly operations: Readonly<Record<string, number>>
  readonly outcomes: Readonly<Record<string, number>>
  readonly queries: number
  readonly restarts: number
  readonly stops: number
  /** Wrong answers that the documented exception explains: they were right after the next audit. */
  readonly excused: number
  readonly differences: readonly Difference[]
}

/** A question to one subject, with the right answer. */
interface Question {
  readonly subject: Subject
  readonly query: Query
  readonly right: string
  readonly step: number
}

/** Longer than the stamps of a local file system are believed to be apart, so that signatures become clean. */
const pauseMs = 130
const timesAsked = 6

/** Changes files step by step and compares what each subject answers with a fresh answer, byte for byte. */
export async function play(options: PlayOptions): Promise<PlayReport> {
  const game = new Game(options)
  const deadline = performance.now() + (options.mostMilliseconds ?? Infinity)
  try {
    for (const [index, step] of options.steps.entries()) {
      if (performance.now() > deadline || game.report.differences.length >= (options.mostDifferences ?? Infinity)) break
      await game.play(step, index + 1)
    }
  } finally {
    game.resume()
  }
  return game.report
}

class Game {
  readonly report = {
    operations: {} as Record<string, number>,
    outcomes: {} as Record<string, number>,
    queries: 0,
    restarts: 0,
    stops: 0,
    excused: 0,
    differences: [] as Difference[],
  }
  readonly #options: PlayOptions
  readonly #stopped = new Set<Subject>()
  #latest = ''
  #hasUnseen = false

  constructor(options: PlayOptions) {
    this.#options = options
    settle(this.#world(0))
  }

  async play(step: Step, number: number): Promise<void> {
    if (step.type === 'operate') await this.#operate(step.name, step.seed)
    else if (step.type === 'ask') await this.#ask(step.queries, step.together, number)
    else if (step.type === 'disturb') await this.#disturb(step)
    else if (step.type === 'restart') await this.#restart(step.subject)
    else if (step.type === 'stop') this.#stop(step.subject)
    else if (step.type === 'resume') this.resume()
    else await sleep(pauseMs)
  }

  resume(): void {
    for (const subject of this.#stopped) subject.resume?.()
    this.#stopped.clear()
  }

  /** What is impossible at the moment changes nothing and does not count. */
  async #operate(name: string, seed: number): Promise<void> {
    const world = this.#world(seed)
    try {
      await operations[name]?.(world)
    } catch (error) {
      if (!isOfTheSystem(error)) throw error
      return
    }
    this.#latest = world.latest
    if (name === this.#options.exception?.operation) this.#hasUnseen = true
    increment(this.report.operations, name)
  }

  async #disturb({ query, name, seed, times }: DisturbStep): Promise<void> {
    const walk = { isOver: false }
    const complete = this.#complete(query)
    const asked = Promise.all(this.#awake().map((subject) => subject.answer(complete))).finally(() => {
      walk.isOver = true
    })
    for (let turn = 0; turn < times && !walk.isOver; turn += 1) {
      await nextTurn()
      await this.#operate(name, seed + turn)
    }
    await asked
  }

  async #restart(index: number): Promise<void> {
    const subject = this.#options.subjects[index]
    if (subject === undefined || this.#stopped.has(subject)) return
    await subject.restart()
    this.report.restarts += 1
  }

  #stop(index: number): void {
    const subject = this.#options.subjects[index]
    if (subject?.stop === undefined) return
    subject.stop()
    this.#stopped.add(subject)
    this.report.stops += 1
  }

  #awake(): readonly Subject[] {
    return this.#options.subjects.filter((subject) => !this.#stopped.has(subject))
  }

  /** Asks each question several times, one after the other or all at the same time. */
  async #ask(queries: readonly Query[], together: boolean, step: number): Promise<void> {
    const asked: Question[] = []
    for (const query of queries.map((each) => this.#complete(each))) {
      const right = (await this.#options.fresh.answer(query)).text
      for (const subject of this.#awake()) asked.push({ subject, query, right, step })
    }
    const questions = Array.from({ length: timesAsked }, () => asked).flat()
    if (together && this.#options.exception === undefined)
      await Promise.all(questions.map((question) => this.#compare(question)))
    else for (const question of questions) await this.#compare(question)
  }

  async #compare(question: Question): Promise<void> {
    const { subject, query, right, step } = question
    const { text, outcome } = await subject.answer(query)
    this.report.queries += 1
    increment(this.report.outcomes, outcome)
    if (text === right || (await this.#isExcused(question))) return
    const [given, wanted] = [text.slice(0, 2000), right.slice(0, 2000)]
    this.report.differences.push({ subject: subject.name, query, outcome, given, right: wanted, step })
  }

  /** The documented exception must be over after the next audit. */
  async #isExcused({ subject, query, right }: Question): Promise<boolean> {
    const { exception } = this.#options
    if (!this.#hasUnseen || exception === undefined) return false
    await exception.audit()
    this.#hasUnseen = false
    this.report.excused += 1
    return (await subject.answer(query)).text === right
  }

  #complete(query: Query): Query {
    const isLatest = query.arguments['path'] === latestPath
    return isLatest ? { ...query, arguments: { ...query.arguments, path: this.#latest } } : query
  }

  #world(seed: number): World {
    const { root, outside } = this.#options
    const ask = async (query: Query): Promise<void> => {
      await Promise.all(this.#awake().map((subject) => subject.answer(query)))
    }
    const asking = {
      read: (path: string) => ask({ tool: 'cat', arguments: { path } }),
      search: () => ask({ tool: 'grep', arguments: { path: '', pattern: 'needle' } }),
    }
    return { random: seededRandom(seed), root, outside, latest: this.#latest, ...asking }
  }
}

function isOfTheSystem(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return 'syscall' in error || ('code' in error && String(error.code).startsWith('ERR_FS_'))
}

function increment(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}
