import pLimit from 'p-limit'
import { z } from 'zod'
import { splitLines } from '../output/fit-blocks.js'
import { limitsFor, type OutputLimits } from '../output/output-limits.js'
import { combinedReport } from './combined-report.js'
import { linesOutput } from './lines-output.js'
import { limit } from './parameters.js'
import { readLines, type TextLines } from './read-lines.js'
import { failureOf } from './tool-failure.js'
import type { ToolCall, ToolFailure } from './tool-result.js'
import { defineTool, type ToolContext, type ToolOutput } from './tool.js'

const schema = z.strictObject({
  paths: z.array(z.string()).min(1).max(100).describe('Paths relative to the data root, with "/"'),
  limit: limit(2000, 'lines of all files together'),
})

/** Prints several files, each within a fair share of what can be shown. */
export const smartCat = defineTool({
  name: 'smart_cat',
  description: 'Print several text files, each under a heading and within a fair share of the output.',
  schema,
  async run(input, context) {
    const reading = pLimit(input.limit === 0 ? 1 : readsAtATime)
    const files = await Promise.all(
      input.paths.map(async (path) => reading(async () => measured(await readFile(path, input.limit, context)))),
    )
    const { bytes, lines } = limitsFor(context.limits, input.limit)
    // Everything is asked for, but no more than a single file may have.
    const room = Math.min(bytes, context.thresholds.mediumBytes)
    const byteShares = fairShares(
      files.map((file) => file.bytes),
      room,
    )
    const lineShares = fairShares(
      files.map((file) => file.lines),
      lines,
    )
    const parts = await Promise.all(
      files.map(async ({ path, bytes: size, kept }, index) => {
        const share = { bytes: byteShares[index] ?? 0, lines: lineShares[index] ?? 0 }
        const limit = input.limit === 0 && share.bytes < size ? Infinity : input.limit
        return reading(async () => partOf(kept ?? (await readFile(path, limit, context)), { limit, share }, context))
      }),
    )
    const totals = (count: (part: FilePart) => number): number => parts.reduce((sum, part) => sum + count(part), 0)
    const extent = { shown: totals(({ shown }) => shown), total: totals(({ total }) => total) }
    const text = parts.map(({ heading, text: body }) => heading + ended(body)).join('\n')
    const output = {
      text,
      data: { files: parts.map(({ data }) => data) },
      ...extent,
      cache: combinedReport(files.flatMap(({ cache }) => (cache === undefined ? [] : [cache]))),
    }
    const rests = parts.flatMap(({ next }) => (next === null ? [] : [next]))
    if (rests.length === 0) return output
    const shown = `Shown: ${extent.shown} of ${extent.total} lines, ${rests.length} of ${parts.length} files not whole`
    return { ...output, truncation: { shown, next: rests.length === 1 ? (rests[0] ?? null) : restOf(rests) } }
  },
})

/** More would only hold more text in memory at once. */
const readsAtATime = 8
/** A hundred files with a line of 10 MB each are not held together: longer texts are read again when it is their turn. */
const keptBytes = 65_536

interface OpenedFile {
  readonly path: string
  readonly lines?: TextLines
  readonly failure?: ToolFailure
}

interface FilePart extends Pick<ToolOutput, 'text' | 'shown' | 'total' | 'data'> {
  readonly heading: string
  readonly next: ToolCall | null
}

/** A file that cannot be read fails alone; only an abort ends the call. */
async function readFile(path: string, limitLines: number, context: ToolContext): Promise<OpenedFile> {
  try {
    return { path, lines: await readLines({ path, start: 1, end: Infinity, limit: limitLines }, context) }
  } catch (error) {
    const failure = context.signal.aborted ? undefined : failureOf(error, context.manager.root.path)
    if (failure === undefined) throw error
    return { path, failure }
  }
}

interface MeasuredFile {
  readonly path: string
  readonly bytes: number
  readonly lines: number
  readonly cache: TextLines['cache'] | undefined
  readonly kept: OpenedFile | undefined
}

function measured(file: OpenedFile): MeasuredFile {
  const { path, lines } = file
  if (lines === undefined) return { path, bytes: 0, lines: 0, cache: undefined, kept: file }
  const bytes = Buffer.byteLength(lines.text)
  const kept = bytes <= keptBytes ? file : undefined
  return { path, bytes, lines: splitLines(lines.text).length, cache: lines.cache, kept }
}

/** What small files leave of their share goes to the larger ones. */
export function fairShares(sizes: readonly number[], total: number): number[] {
  const shares = sizes.map(() => 0)
  const ascending = sizes.map((size, index) => ({ size, index })).sort((left, right) => left.size - right.size)
  let rest = total
  ascending.forEach(({ size, index }, position) => {
    const share = Math.min(size, Math.floor(rest / (sizes.length - position)))
    shares[index] = share
    rest -= share
  })
  return shares
}

function partOf(
  { path, lines, failure }: OpenedFile,
  { limit: limitLines, share }: { readonly limit: number; readonly share: Pick<OutputLimits, 'bytes' | 'lines'> },
  context: ToolContext,
): FilePart {
  const heading = `==> ${lines?.path ?? path} <==\n`
  if (lines === undefined) {
    const text = `${failure?.code ?? 'READ_FAILED'}: ${failure?.message ?? 'no reason given'}\n`
    return { heading, text, shown: 0, total: 0, next: null, data: { path, ok: false, error: failure ?? null } }
  }
  const limits = { ...context.limits, bytes: Math.max(share.bytes, 1), lines: Math.max(share.lines, 1) }
  const request = { path, start: 1, end: Infinity, limit: limitLines }
  const output = linesOutput(lines, request, { ...context, limits, call: { tool: 'cat', arguments: { path } } })
  const data = { ...asRecord(output.data), ok: true, error: null }
  return {
    heading,
    text: output.text,
    shown: output.shown,
    total: output.total,
    next: output.truncation?.next ?? null,
    data,
  }
}

function restOf(rests: readonly ToolCall[]): ToolCall {
  return { tool: 'smart_cat', arguments: { paths: rests.map(({ arguments: { path } }) => path), limit: 0 } }
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

function asRecord(data: unknown): object {
  return typeof data === 'object' && data !== null ? data : {}
}
