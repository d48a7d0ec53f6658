import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { formatDuration } from './format-duration.js'
import { formatTable, type TableStyle } from './format-table.js'
import type { Goal } from './goal.js'
import type { Comparison, SuiteResult } from './suite-result.js'

/** How results are shown, and where they are written. */
export interface ReportSettings {
  readonly style: TableStyle
  readonly directory: string
}

/** Where and when a suite ran. */
interface Circumstances {
  readonly date: string
  readonly machine: string
  readonly memoryBytes: number
  readonly platform: string
  readonly node: string
}

/** Prints what a suite found and writes the same as JSON; answers the path of that file. */
export function report(suite: string, result: SuiteResult, { style, directory }: ReportSettings): string {
  const circumstances = describeCircumstances()
  const { date, machine, node, platform } = circumstances
  console.log(`${suite}: ${date.slice(0, 10)}, ${machine}, Node ${node}, ${platform}`)
  for (const comparison of result.comparisons)
    console.log(`\n${comparison.title}\n\n${comparisonTable(comparison, style).join('\n')}`)
  for (const { title, rows, alignments } of result.tables ?? [])
    console.log(`\n${title}\n\n${formatTable(rows, alignments, style).join('\n')}`)
  if (result.goals !== undefined && result.goals.length > 0)
    console.log(`\nTargets\n\n${goalTable(result.goals, style).join('\n')}`)
  if (result.notes !== undefined) console.log(`\n${result.notes.join('\n')}`)
  const file = join(directory, `${suite}.json`)
  mkdirSync(directory, { recursive: true })
  writeFileSync(file, `${JSON.stringify({ suite, ...circumstances, ...result }, null, 2)}\n`)
  console.log(`\nWritten to ${file}`)
  return file
}

function describeCircumstances(): Circumstances {
  return {
    date: new Date().toISOString(),
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    memoryBytes: totalmem(),
    platform: process.platform,
    node: process.version,
  }
}

function comparisonTable({ measurements }: Comparison, style: TableStyle): readonly string[] {
  const base = measurements[0]?.medianUs ?? Number.NaN
  const rows = measurements.map(({ name, medianUs, p99Us }) => [
    name,
    formatDuration(medianUs),
    formatDuration(p99Us),
    Math.round(1_000_000 / medianUs).toLocaleString('en-US'),
    (medianUs / base).toFixed(2),
  ])
  const head = ['what', 'median', 'p99', 'a second', 'ratio to the first']
  return formatTable([head, ...rows], ['left', 'right', 'right', 'right', 'right'], style)
}

function goalTable(goals: readonly Goal[], style: TableStyle): readonly string[] {
  const rows = goals.map(({ what, target, reached, isMet }) => [what, target, reached, verdict(isMet)])
  return formatTable([['what', 'target', 'reached', 'met'], ...rows], ['left', 'left', 'left', 'left'], style)
}

function verdict(isMet: boolean | undefined): string {
  if (isMet === undefined) return 'unknown'
  return isMet ? 'yes' : 'no'
}
