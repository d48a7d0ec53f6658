/** How much one tool call may print unless everything is asked for. */
export interface OutputLimits {
  readonly lines: number
  /** UTF-16 units of one line; never splits a code point. */
  readonly lineCharacters: number
  /** Bytes of the whole text as UTF-8, notices not counted. */
  readonly bytes: number
}

/** What a model can read in one go: 2,000 lines of 2,000 characters, 50 KiB together. */
export const defaultLimits: OutputLimits = { lines: 2000, lineCharacters: 2000, bytes: 51_200 }

/** No limits at all. */
export const noLimits: OutputLimits = { lines: Infinity, lineCharacters: Infinity, bytes: Infinity }

/** Gives the limits for a call: what it asks for within what is allowed, or none when it asks for everything (0). */
export function limitsFor(limits: OutputLimits, requestedLines: number): OutputLimits {
  if (requestedLines === 0) return noLimits
  return { ...limits, lines: Math.min(limits.lines, requestedLines) }
}
