/** Something that a benchmark is to show, and whether it did in this run. */
export interface Goal {
  readonly what: string
  /** What to reach, in words. */
  readonly target: string
  /** What was reached, in words. */
  readonly reached: string
  /** `undefined` when a part of the comparison could not be run. */
  readonly isMet: boolean | undefined
}

/** A condition of a goal: a figure of this run, and the bound that it must not pass. */
export interface Bound {
  /** What the figure is called, or nothing when it needs no name. */
  readonly name?: string
  readonly value: number | undefined
  readonly unit: '×' | 'µs' | 'ms' | 'B' | 'MB' | '/s'
  readonly atMost?: number
  readonly atLeast?: number
}

/** A goal that is reached when all its bounds are kept. */
export function goal(what: string, target: string, bounds: readonly Bound[]): Goal {
  const isKnown = bounds.every(({ value }) => value !== undefined)
  const isMet = bounds.every(
    ({ value, atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY }) =>
      value !== undefined && value <= atMost && value >= atLeast,
  )
  return { what, target, reached: bounds.map(describe).join(', '), isMet: isKnown ? isMet : undefined }
}

function describe({ name, value, unit }: Bound): string {
  const figure = value === undefined ? 'not measured' : `${format(value)}${unit === '/s' ? '' : ' '}${unit}`
  return name === undefined ? figure : `${name}: ${figure}`
}

function format(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en-US')
  return value.toPrecision(value >= 100 ? 3 : 2)
}
