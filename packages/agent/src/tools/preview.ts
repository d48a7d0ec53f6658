import { z } from 'zod'
import { fitBlocks, splitLines, type FittedBlocks } from '../output/fit-blocks.js'
import { cutRemark } from './lines-output.js'
import { count, path } from './parameters.js'
import { readLastLines, readLines, type TextLines } from './read-lines.js'
import { defineTool, type ToolContext, type ToolOutput } from './tool.js'
import { ToolError } from './tool-failure.js'

const schema = z.strictObject({
  path,
  lines: count().default(20).describe('How many lines from the start and from the end'),
})

/** Shows what kind of file something is, and its first and last lines. */
export const preview = defineTool({
  name: 'preview',
  description:
    'Show kind, size and line count of a file with its first and last lines; also says what binary files are.',
  schema,
  async run(input, context) {
    const first = await firstLines(input.path, input.lines, context)
    return first === undefined ? binaryPreview(input.path, context) : textPreview(first, input, context)
  },
})

async function firstLines(file: string, lines: number, context: ToolContext): Promise<TextLines | undefined> {
  try {
    // Twice as many: a file that has no more is shown whole.
    return await readLines({ path: file, start: 1, end: 2 * lines, limit: 2 * lines }, context)
  } catch (error) {
    if (error instanceof ToolError && error.code === 'FILE_BINARY') return undefined
    throw error
  }
}

async function binaryPreview(userPath: string, { manager, signal }: ToolContext): Promise<ToolOutput> {
  const target = manager.root.resolve(userPath)
  const { signature, cache } = await manager.contentCache.getLines(userPath, { start: 1, end: 1 }, { signal })
  const size = Number(signature.size)
  const data = { path: target, kind: 'binary', encoding: 'binary', size, total_lines: null }
  return { text: `${target}: binary, ${size} bytes\n`, data, shown: 0, total: 0, cache }
}

async function textPreview(
  found: TextLines,
  { path: file, lines }: z.output<typeof schema>,
  context: ToolContext,
): Promise<ToolOutput> {
  const limits = { ...context.limits, bytes: context.limits.bytes / 2 }
  const whole = found.lineCount !== null && found.lineCount <= 2 * lines
  const first = fitBlocks(splitLines(found.text).slice(0, whole ? undefined : lines), limits)
  const end = whole ? undefined : fitBlocks(splitLines((await readLastLines(file, lines, context)).text), limits)
  const shown = first.shown + (end?.shown ?? 0)
  const lineCount = found.lineCount ?? 'many'
  const heading = `${found.path}: text, ${found.encoding}, ${found.sizeBytes} bytes, ${lineCount} lines\n`
  const omitted = found.lineCount === null ? 'lines' : `${found.lineCount - shown} lines`
  const gap = whole ? '' : `[${omitted} not shown]\n`
  return {
    text: heading + ended(first.text) + gap + (end?.text ?? ''),
    data: {
      path: found.path,
      kind: 'text',
      encoding: found.encoding,
      size: found.sizeBytes,
      total_lines: found.lineCount,
      first_lines: first.text,
      last_lines: end?.text ?? '',
    },
    shown,
    total: shown,
    cache: found.cache,
    ...truncationOf(found, first, end),
  }
}

/** That the middle is left out is what a preview is; that lines are cut is not. */
function truncationOf(
  { path: file, lineCount }: TextLines,
  first: FittedBlocks,
  end: FittedBlocks | undefined,
): Pick<ToolOutput, 'truncation'> {
  const endStart = end === undefined || lineCount === null ? undefined : lineCount - end.shown + 1
  const cutLines = [
    ...first.cut.map((index) => index + 1),
    ...(endStart === undefined ? [] : (end?.cut ?? []).map((index) => endStart + index)),
  ]
  const start = cutLines[0]
  if (start === undefined && (end?.cut.length ?? 0) === 0) return {}
  const range = end === undefined ? `lines 1 to ${first.shown}` : `the first ${first.shown} and last ${end.shown} lines`
  const shown = `Shown: ${range} of ${lineCount ?? 'many'}${cutRemark(cutLines)}`
  if (start === undefined) return { truncation: { shown, next: null } }
  const whole = { path: file, start_line: start, end_line: cutLines.at(-1) ?? start, limit: 0 }
  return { truncation: { shown, next: { tool: 'cat', arguments: whole } } }
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}
