/** One thing to time; `run` does it once. */
export interface Candidate {
  readonly name: string
  readonly run: () => unknown
  /** How often one sample runs it, for things too short to time alone; 1 unless given. */
  readonly repeat?: number
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
  const times = new Map<string, number[]>(candidates.map(({ name }) => [name, []]))
  const warmUp = Math.max(2, Math.ceil(samples / 10))
  for (let round = -warmUp; round < samples; round += 1) {
    for (const { name, run, repeat = 1 } of candidates) {
      const started = process.hrtime.bigint()
      for (let index = 0; index < repeat; index += 1) {
        const answer = run()
        if (answer instanceof Promise) await answer
      }
      const elapsedUs = Number(process.hrtime.bigint() - started) / 1000 / repeat
      if (round >= 0) times.get(name)?.push(elapsedUs)
    }
  }
  return [...times].map(([name, values]) => summarise(name, values))
}

function summarise(name: string, values: number[]): Measurement {
  const sorted = values.sort((left, right) => left - right)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { name, medianUs: at(0.5), p99Us: at(0.99), samples: sorted.length }
}
