import { seededRandom, type SeededRandom } from '../seeded-random.js'
import { drawQuery, type Query } from './draw-query.js'
import { drawOperation } from './operations.js'

/** One step of a run; everything that is random in it follows from what it holds, so that any of them can be left out. */
export type Step =
  | { readonly type: 'operate'; readonly name: string; readonly seed: number }
  /** Asks each question of all who are awake, each several times; `together` asks all at the same time. */
  | { readonly type: 'ask'; readonly queries: readonly Query[]; readonly together: boolean }
  | DisturbStep
  | { readonly type: 'restart' | 'stop'; readonly subject: number }
  /** Wakes whoever is stopped. */
  | { readonly type: 'resume' }
  /** Waits until timestamps that were made are old. */
  | { readonly type: 'pause' }

/** Asks, and does something in each turn meanwhile; that answer counts for nothing, those of the next step do. */
export interface DisturbStep {
  readonly type: 'disturb'
  readonly query: Query
  readonly name: string
  readonly seed: number
  /** At most; it ends with the answer. */
  readonly times: number
}

/** What a plan is drawn from. */
export interface PlanOptions {
  readonly seed: number
  /** How many file operations are tried. */
  readonly operations: number
  readonly subjects: number
  /** Whether processes are stopped during some operations. */
  readonly stops?: boolean
  /** Operations that are left out. */
  readonly without?: readonly string[]
  /** The only operations; all but the slow ones by default. */
  readonly only?: readonly string[]
  /** Draws a question; of any tool by default. */
  readonly drawQuery?: (random: SeededRandom) => Query
}

/** Stands for the path that was changed last. */
export const latestPath = '<latest>'

const questions = 24

/** Draws the steps of a run. */
export function drawPlan(options: PlanOptions): readonly Step[] {
  const random = seededRandom(options.seed)
  const draw = options.drawQuery ?? drawQuery
  const known = Array.from({ length: questions }, () => draw(random))
  const steps: Step[] = [{ type: 'operate', name: 'refill', seed: options.seed }]
  for (let done = 0; done < options.operations;) {
    // What is done while nobody runs is to be found by whoever starts next, with what the one before knew.
    if (random.next() < 0.04) steps.push({ type: 'restart', subject: random.integer(0, options.subjects - 1) })
    const stopped = options.stops === true && random.next() < 0.1 ? random.integer(0, options.subjects - 1) : undefined
    if (stopped !== undefined) steps.push({ type: 'stop', subject: stopped })
    for (let count = random.integer(1, 2); count > 0; count -= 1, done += 1) steps.push(...drawChange(random, options))
    if (stopped !== undefined) {
      if (random.next() < 0.5) steps.push(drawAsk(random, known, draw))
      steps.push({ type: 'resume' })
    }
    if (random.next() < 0.03) steps.push({ type: 'restart', subject: random.integer(0, options.subjects - 1) })
    if (random.next() < 0.15) steps.push({ type: 'pause' })
    steps.push(drawAsk(random, known, draw))
  }
  return steps
}

function drawChange(random: SeededRandom, options: PlanOptions): readonly Step[] {
  const { without = [], only, drawQuery: draw = drawQuery } = options
  const [name, seed] = [only === undefined ? drawOperation(random) : random.pick(only), random.integer(0, 2 ** 31)]
  if (without.includes(name)) return []
  if (random.next() < 0.05) return [{ type: 'disturb', query: draw(random), name, seed, times: 3 }]
  return [{ type: 'operate', name, seed }]
}

function drawAsk(random: SeededRandom, known: readonly Query[], draw: (random: SeededRandom) => Query): Step {
  const queries = Array.from({ length: random.integer(2, 4) }, () => {
    if (random.next() < 0.25) return { tool: random.pick(['cat', 'tail', 'wc']), arguments: { path: latestPath } }
    return random.next() < 0.08 ? draw(random) : random.pick(known)
  })
  return { type: 'ask', queries, together: random.next() < 0.2 }
}
