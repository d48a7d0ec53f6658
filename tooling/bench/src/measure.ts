const WARM_UP_MS = 300

/** One thing to time; `run` does it once. */
export interface Candidate {
  readonly name: string
  readonly run: () => unknown
  /** How often one sample runs it, for things too short to time alone; 1 unless given. */
  readonly repeat?: number
}

/** One thing that times itself. */
export interface Sampler {
  readonly name: string
  /** Microseconds of one run, as often as it was run. */
  readonly sample: () => Promise<readonly number[]> | readonly number[]
}

/** Microseconds for one run of a candidate. */
export interface Measurement {
  readonly name: string
  readonly medianUs: number
  readonly p99Us: number
  readonly samples: number
}

/**
 * Times candidates in turns, so that a noisy moment of the machine hits all of them,
 * after a warm-up that is not counted.
 */
export async function measure(candidates: readonly Candidate[], samples: number): Promise<readonly Measurement[]> {
  return await measureInTurns(
    candidates.map(({ name, run, repeat = 1 }) => ({ name, sample: () => timeTogether(run, repeat) })),
    samples,
  )
}

/** As {@link measure}, for what is timed in other ways or in other processes. */
export async function measureInTurns(samplers: readonly Sampler[], rounds: number): Promise<readonly Measurement[]> {
  for (const sampler of samplers) await warmUp(sampler, rounds)
  const times = new Map<string, number[]>(samplers.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round += 1)
    for (const { name, sample } of samplers) times.get(name)?.push(...(await sample()))
  return [...times].map(([name, values]) => summarise(name, values))
}

/** As {@link measureInTurns}, once and cold: for what happens when something starts. */
export async function measureOnce(samplers: readonly Sampler[]): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = []
  for (const { name, sample } of samplers) measurements.push(summarise(name, [...(await sample())]))
  return measurements
}

/** Until the engine has compiled what is short, and long enough to have begun with what is long. */
async function warmUp({ sample }: Sampler, rounds: number): Promise<void> {
  const end = performance.now() + WARM_UP_MS
  for (let round = 0; round < 2 || (round < rounds && performance.now() < end); round += 1) await sample()
}

/** Times each of some runs alone, awaited: the sum of all costs that a caller has. */
export async function timeEach(run: () => unknown, count: number): Promise<readonly number[]> {
  const times: number[] = []
  for (let index = 0; index < count; index += 1) {
    const started = performance.now()
    await run()
    times.push((performance.now() - started) * 1000)
  }
  return times
}

/** Times each of some runs alone, without waiting for a promise. */
export function timeEachSync(run: () => unknown, count: number): readonly number[] {
  const times: number[] = []
  for (let index = 0; index < count; index += 1) {
    const started = performance.now()
    run()
    times.push((performance.now() - started) * 1000)
  }
  return times
}

/** One time: that of all runs, so many of them at once, by their number. */
export async function timeInFlight(run: () => unknown, count: number, inFlight: number): Promise<readonly number[]> {
  let left = count
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      await run()
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: inFlight }, work))
  return [((performance.now() - started) * 1000) / count]
}

async function timeTogether(run: () => unknown, count: number): Promise<readonly number[]> {
  const started = process.hrtime.bigint()
  for (let index = 0; index < count; index += 1) {
    const answer = run()
    if (answer instanceof Promise) await answer
  }
  return [Number(process.hrtime.bigint() - started) / 1000 / count]
}

/** Gives the median and the 99th percentile of some times in microseconds. */
export function summarise(name: string, values: readonly number[]): Measurement {
  const sorted = values.toSorted((left, right) => left - right)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { name, medianUs: at(0.5), p99Us: at(0.99), samples: sorted.length }
}
