import { formatDuration } from '../format-duration.js'
import type { Comparison, Table } from '../suite-result.js'

/** Puts comparisons of the same caches into one table: a row for each, a column with the median for each cache. */
export function cacheTable(title: string, comparisons: readonly Comparison[]): Table {
  const names = comparisons[0]?.measurements.map(({ name }) => name) ?? []
  const rows = comparisons.map((comparison) => [
    comparison.title,
    ...comparison.measurements.map(({ medianUs }) => formatDuration(medianUs)),
    speedup(comparison),
  ])
  return {
    title: `${title}, medians`,
    rows: [['what', ...names, 'no cache / v3'], ...rows],
    alignments: ['left', ...names.map(() => 'right' as const), 'right'],
  }
}

function speedup({ measurements }: Comparison): string {
  const median = (wanted: string): number => measurements.find(({ name }) => name === wanted)?.medianUs ?? Number.NaN
  return `${(median('no cache') / median('v3')).toFixed(1)}×`
}
