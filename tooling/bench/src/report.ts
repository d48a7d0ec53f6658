import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { Measurement } from './measure.js'

/** Measurements of one question, the first of which the others are compared with. */
export interface Comparison {
  readonly title: string
  readonly measurements: readonly Measurement[]
}

/** Prints a table with medians, 99th percentiles and the ratio to the first row, and writes the same as JSON. */
export function report(suite: string, comparisons: readonly Comparison[]): void {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${process.platform}`
  console.log(`${suite}: ${new Date().toISOString().slice(0, 10)}, ${machine}`)
  for (const { title, measurements } of comparisons) {
    const base = measurements[0]?.medianUs ?? Number.NaN
    console.log(`\n${title}\n| what | median | p99 | ratio to the first |\n|---|---:|---:|---:|`)
    for (const { name, medianUs, p99Us } of measurements) {
      console.log(`| ${name} | ${duration(medianUs)} | ${duration(p99Us)} | ${(medianUs / base).toFixed(2)} |`)
    }
  }
  const file = join('bench-results', `${suite}.json`)
  mkdirSync('bench-results', { recursive: true })
  writeFileSync(file, `${JSON.stringify({ suite, date: new Date().toISOString(), machine, comparisons }, null, 2)}\n`)
  console.log(`\nWritten to ${file}`)
}

function duration(microseconds: number): string {
  if (microseconds < 1000) return `${microseconds.toFixed(1)} µs`
  return `${(microseconds / 1000).toFixed(1)} ms`
}
