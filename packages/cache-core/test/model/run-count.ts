/** How often a property is tried: a little in `npm test`, as often as one asks for otherwise. */
export function runCount(usual: number): number {
  return usual * Number(process.env['FSAGENT_MODEL_FACTOR'] ?? 1)
}

/** Enough for any number of runs. */
export const modelTimeoutMs = 3_600_000
