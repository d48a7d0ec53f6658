/** How much the tests of faults try: a little in `npm test`, as much as is asked for by `npm run faults`. */
export const runSize = {
  /** Processes killed. */
  kills: Number(process.env['FSAGENT_FAULT_KILLS'] ?? 12),
  /** Stores damaged at random. */
  seeds: Number(process.env['FSAGENT_FAULT_SEEDS'] ?? 25),
  /** Runs in which system calls fail. */
  injections: Number(process.env['FSAGENT_FAULT_INJECTIONS'] ?? 4),
  /** The first seed; the others follow it. */
  firstSeed: Number(process.env['FSAGENT_SEED'] ?? 1),
  /** Enough for each of these tests. */
  timeoutMs: 3_600_000,
} as const

/** Prints what was tried, and with what result. */
export function printCounts(counts: object): void {
  process.stdout.write(`${JSON.stringify(counts)}\n`)
}
