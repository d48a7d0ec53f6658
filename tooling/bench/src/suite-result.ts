import type { Alignment } from './format-table.js'
import type { Goal } from './goal.js'
import type { Measurement } from './measure.js'

/** Measurements of one question, the first of which the others are compared with. */
export interface Comparison {
  readonly title: string
  readonly measurements: readonly Measurement[]
}

/** Figures that are no comparison of times, or many that belong together. */
export interface Table {
  readonly title: string
  /** The first row is the head. */
  readonly rows: readonly (readonly string[])[]
  readonly alignments: readonly Alignment[]
}

/** What a suite found. */
export interface SuiteResult {
  readonly comparisons: readonly Comparison[]
  readonly tables?: readonly Table[]
  readonly goals?: readonly Goal[]
  /** What a reader of the figures must know. */
  readonly notes?: readonly string[]
}

/** Puts results one after the other. */
export function joinResults(results: readonly SuiteResult[]): Required<SuiteResult> {
  return {
    comparisons: results.flatMap(({ comparisons }) => comparisons),
    tables: results.flatMap(({ tables = [] }) => tables),
    goals: results.flatMap(({ goals = [] }) => goals),
    notes: results.flatMap(({ notes = [] }) => notes),
  }
}

/** The median of a candidate in microseconds, or `undefined` when it was not measured. */
export function medianOf({ measurements }: Comparison, name: string): number | undefined {
  return measurements.find((measurement) => measurement.name === name)?.medianUs
}

/** How often the second is in the first, when both are known. */
export function ratio(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || whole === undefined ? undefined : part / whole
}

/** Runs a second, when a median is known. */
export function rate(medianUs: number | undefined): number | undefined {
  return medianUs === undefined ? undefined : 1_000_000 / medianUs
}
