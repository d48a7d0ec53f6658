import type { DemoRow } from './demo-row.js'

const ANSWER_LINES = 2
const ANSWER_WIDTH = 96
const NUMBER_WIDTH = 12

/** The rows as a table: question, what answered, the times, and below each row the first lines of its answer. */
export function renderTable(rows: readonly DemoRow[]): string {
  const widths = {
    question: Math.max(...rows.map(({ question }) => question.length)),
    answeredBy: Math.max(...rows.map(({ answeredBy }) => answeredBy.length)),
  }
  const row = (cells: readonly [string, string, string, string]): string =>
    [
      cells[0].padEnd(widths.question),
      cells[1].padEnd(widths.answeredBy),
      cells[2].padStart(NUMBER_WIDTH),
      cells[3].padStart(NUMBER_WIDTH),
    ].join('  ')
  const lines = [row(['question', 'answered by', 'slowest tool', 'in all'])]
  let phase = ''
  for (const { phase: current, question, answeredBy, slowestToolMs, wholeMs, answer } of rows) {
    if (current !== phase) lines.push('', `── ${current}`)
    phase = current
    lines.push(row([question, answeredBy, milliseconds(slowestToolMs), milliseconds(wholeMs)]))
    lines.push(...firstLines(answer).map((line) => `    ${line}`))
  }
  return `${lines.join('\n')}\n`
}

/** The first lines that say something: neither blank nor the fence of a quoted file. */
function firstLines(answer: string): readonly string[] {
  const lines = answer.split('\n').filter((line) => !/^(?:\s*|`{3,}.*)$/u.test(line))
  return lines
    .slice(0, ANSWER_LINES)
    .map((line) => (line.length > ANSWER_WIDTH ? `${line.slice(0, ANSWER_WIDTH - 1)}…` : line))
}

const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} ms`
