/** One answered question of the demo. */
export interface DemoRow {
  readonly phase: string
  readonly question: string
  /** What each tool call of the answer was, such as `cat: cache hit`. */
  readonly answeredBy: string
  /** Time of the slowest tool call, in milliseconds. */
  readonly slowestToolMs: number
  /** Time from question to answer, in milliseconds. */
  readonly wholeMs: number
  readonly answer: string
}

/** Reads what a session printed for a question; throws when it printed something else. */
export function parseDemoRow(line: string, given: { readonly phase: string; readonly question: string }): DemoRow {
  const value: unknown = JSON.parse(line)
  if (typeof value !== 'object' || value === null) throw new TypeError(`Cannot read demo row: ${line}`)
  const { answeredBy, slowestToolMs, wholeMs, answer } = value as Partial<DemoRow>
  if (typeof answeredBy !== 'string' || typeof answer !== 'string') throw new TypeError(`Cannot read demo row: ${line}`)
  return { ...given, answeredBy, answer, slowestToolMs: Number(slowestToolMs), wholeMs: Number(wholeMs) }
}
