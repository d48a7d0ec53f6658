import { z } from 'zod'
import { splitLines } from '../output/fit-blocks.js'
import { linesOutput } from './lines-output.js'
import { limit, lineNumber, path } from './parameters.js'
import { bestPassages, startAndOutline, type NumberedLine } from './passages.js'
import { readLines, type LinesRequest, type TextLines } from './read-lines.js'
import { defineTool, type ToolContext, type ToolOutput } from './tool.js'

const schema = z
  .strictObject({
    path,
    query: z.string().optional().describe('What the file is read for; passages that mention it are shown'),
    start_line: lineNumber.optional().describe('First line, from 1'),
    end_line: lineNumber.optional().describe('Last line, included'),
    limit: limit(2000, 'lines'),
  })
  .refine((input) => (input.end_line ?? Infinity) >= (input.start_line ?? 1), {
    path: ['end_line'],
    message: 'must not be smaller than start_line',
  })

type SmartReadArguments = z.output<typeof schema>

/** Reads a file in the way that suits its size. */
export const smartRead = defineTool({
  name: 'smart_read',
  description:
    'Read a file as fits its size: small files whole, larger ones around what the query mentions or as an outline, very large ones by range.',
  schema,
  async run(input, context) {
    const range = input.start_line !== undefined || input.end_line !== undefined
    const start = input.start_line ?? 1
    const request = { path: input.path, start, end: input.end_line ?? Infinity, limit: input.limit }
    const lines = await readLines(request, context)
    if (range) return withStrategy(linesOutput(lines, request, context), 'range')
    const { smallBytes, mediumBytes } = context.thresholds
    if (lines.sizeBytes > mediumBytes) return withStrategy(linesOutput(lines, request, context), 'range')
    const whole = linesOutput(lines, request, context)
    const fits = whole.truncation === undefined
    if (fits || (lines.sizeBytes <= smallBytes && input.query === undefined)) return withStrategy(whole, 'whole')
    return selection(input, context)
  },
})

/** Passages or an outline of a file that cannot be shown whole. */
async function selection(input: SmartReadArguments, context: ToolContext): Promise<ToolOutput> {
  const request: LinesRequest = { path: input.path, start: 1, end: Infinity, limit: 0 }
  const lines = await readLines(request, context)
  const all = splitLines(lines.text)
  const budget = { lines: Math.min(input.limit || context.limits.lines, context.limits.lines), ...budgetOf(context) }
  const passages = input.query === undefined ? [] : bestPassages(all, input.query, budget)
  return passages.length > 0
    ? selectionOutput(lines, passages, 'passages')
    : selectionOutput(lines, startAndOutline(all, budget), 'outline')
}

function budgetOf({ limits }: ToolContext): { readonly bytes: number; readonly lineCharacters: number } {
  return { bytes: limits.bytes, lineCharacters: limits.lineCharacters }
}

function selectionOutput(
  lines: TextLines,
  passages: readonly (readonly NumberedLine[])[],
  strategy: 'passages' | 'outline',
): ToolOutput {
  const shown = passages.reduce((sum, passage) => sum + passage.length, 0)
  const total = lines.lineCount ?? shown
  const ranges = passages.map((passage) => ({ start_line: passage[0]?.line ?? 0, end_line: passage.at(-1)?.line ?? 0 }))
  return {
    text: passages.map((passage) => passage.map(({ line, text }) => `${line}:${text}\n`).join('')).join('--\n'),
    data: { path: lines.path, strategy, passages: ranges, total_lines: lines.lineCount, encoding: lines.encoding },
    shown,
    total,
    cache: lines.cache,
    truncation: {
      shown: `Shown: ${strategy}, ${rangesText(ranges)}: ${shown} of ${total} lines, each after its number`,
      next: { tool: 'cat', arguments: { path: lines.path, start_line: 1 } },
    },
  }
}

function rangesText(ranges: readonly { readonly start_line: number; readonly end_line: number }[]): string {
  const named = ranges.slice(0, 5).map(({ start_line: start, end_line: end }) => `${start} to ${end}`)
  const more = ranges.length > named.length ? ` and ${ranges.length - named.length} more` : ''
  return `lines ${named.join(', ')}${more}`
}

function withStrategy(output: ToolOutput, strategy: 'whole' | 'range'): ToolOutput {
  const data = typeof output.data === 'object' && output.data !== null ? output.data : {}
  return { ...output, data: { ...data, strategy } }
}
