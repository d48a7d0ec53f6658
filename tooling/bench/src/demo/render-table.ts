import type { DemoRow } from './demo-row.js'

const ANSWER_LINES = 2
const ANSWER_WIDTH = 96

/** The rows as text: what answered, the two times, and the first lines of each answer. */
export function renderTable(rows: readonly DemoRow[]): string {
  const width = Math.max(...rows.map(({ answeredBy }) => answeredBy.length))
  const lines: string[] = []
  let phase = ''
  for (const row of rows) {
    if (row.phase !== phase) lines.push(...(phase === '' ? [] : ['']), `── ${row.phase}`)
    phase = row.phase
    lines.push(row.question)
    lines.push(
      `  ${row.answeredBy.padEnd(width)}  tools ${milliseconds(row.toolsMs)}  in all ${milliseconds(row.wholeMs)}`,
    )
    lines.push(...firstLines(row.answer).map((line) => `  | ${line}`))
  }
  return `${lines.join('\n')}\n`
}

function firstLines(answer: string): readonly string[] {
  const lines = answer.split('\n').filter((line) => line.trim() !== '')
  return lines
    .slice(0, ANSWER_LINES)
    .map((line) => (line.length > ANSWER_WIDTH ? `${line.slice(0, ANSWER_WIDTH - 1)}…` : line))
}

const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1).padStart(7)} ms`
