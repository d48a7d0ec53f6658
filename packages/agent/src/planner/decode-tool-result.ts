import { z } from 'zod'

/** What a plan reads of one tool result, however the loop encoded it for models. */
export interface ToolOutcome {
  readonly ok: boolean
  readonly text: string
  readonly data: unknown
  readonly truncated: boolean
  readonly total: number
  readonly error: { readonly code: string; readonly message: string } | null
}

/** A line with the file it stands in. */
export interface Match {
  readonly path: string
  readonly line: number
  readonly text: string
}

/** Lines of one file as a tool gave them. */
export interface FileLines {
  readonly path: string
  readonly start: number
  readonly lines: readonly string[]
  readonly totalLines: number
}

/** An entry of a directory. */
export interface Entry {
  readonly path: string
  readonly kind: string
}

const errorSchema = z.object({ code: z.string(), message: z.string() })
const resultSchema = z.object({
  ok: z.boolean(),
  text: z.string().default(''),
  data: z.unknown(),
  truncated: z.boolean().default(false),
  total: z.number().default(0),
  error: errorSchema.nullish(),
})
const pathsSchema = z.object({ paths: z.array(z.string()) })
const matchesSchema = z.object({
  matches: z.array(z.object({ path: z.string(), line: z.number(), text: z.string(), kind: z.string().optional() })),
})
const countsSchema = z.object({ counts: z.array(z.object({ path: z.string(), count: z.number() })) })
const entriesSchema = z.object({ entries: z.array(z.object({ path: z.string(), kind: z.string() })) })
const measuredSchema = z.object({
  entries: z.array(z.object({ path: z.string(), size: z.number(), modified: z.string().nullable() })),
})
const fileSchema = z.object({
  path: z.string(),
  start_line: z.number(),
  end_line: z.number(),
  total_lines: z.number(),
  text: z.string().optional(),
})
const wordCountSchema = z.object({ lines: z.number(), words: z.number(), bytes: z.number() })

/** Reads a tool result out of a prompt's tool message; what cannot be understood is a failed result that says so. */
export function decodeToolResult(value: unknown): ToolOutcome {
  const candidate = typeof value === 'string' ? parseJson(value) : value
  const parsed = resultSchema.safeParse(candidate)
  if (!parsed.success) return failedOutcome('RESULT_UNREADABLE', typeof value === 'string' ? value : 'unknown shape')
  const { ok, text, data, truncated, total, error } = parsed.data
  return { ok, text, data, truncated, total, error: error ?? null }
}

/** Gives the outcome of a call that did not happen or did not answer. */
export function failedOutcome(code: string, message: string): ToolOutcome {
  return { ok: false, text: '', data: null, truncated: false, total: 0, error: { code, message } }
}

/** Gives the paths of a `find` result, none when it failed. */
export function pathsOf(outcome: ToolOutcome | undefined): readonly string[] {
  const parsed = pathsSchema.safeParse(outcome?.data)
  return parsed.success ? parsed.data.paths : []
}

/** A file with its size in bytes and the time of its last change. */
export type MeasuredFile = z.output<typeof measuredSchema>['entries'][number]

/** Gives the files of a `find` result that is sorted by size or time. */
export function measuredFilesOf(outcome: ToolOutcome | undefined): readonly MeasuredFile[] {
  return measuredSchema.safeParse(outcome?.data).data?.entries ?? []
}

/** Gives the matching lines of a `grep` result, without their context. */
export function matchesOf(outcome: ToolOutcome | undefined): readonly Match[] {
  const parsed = matchesSchema.safeParse(outcome?.data)
  return parsed.success ? parsed.data.matches.filter((match) => match.kind !== 'context') : []
}

/** Gives the number of matching lines per file of a `grep` result in count mode. */
export function countsOf(outcome: ToolOutcome | undefined): readonly { path: string; count: number }[] {
  const parsed = countsSchema.safeParse(outcome?.data)
  return parsed.success ? parsed.data.counts : []
}

/** Gives the entries of an `ls` result. */
export function entriesOf(outcome: ToolOutcome | undefined): readonly Entry[] {
  const parsed = entriesSchema.safeParse(outcome?.data)
  return parsed.success ? parsed.data.entries : []
}

/** What `wc` counted, and in which file. */
export interface WordCount {
  readonly path: string
  readonly lines: number
  readonly words: number
  readonly bytes: number
}

/** Gives the numbers of a `wc` result; the path stands behind them in its text, as GNU `wc` prints it. */
export function wordCountOf(outcome: ToolOutcome | undefined): WordCount | undefined {
  const counts = wordCountSchema.safeParse(outcome?.data).data
  const path = /^\s*\d+\s+\d+\s+\d+\s(.+?)\n?$/.exec(outcome?.text ?? '')?.[1]
  return counts === undefined || path === undefined ? undefined : { ...counts, path }
}

/** Gives the lines of a `cat`, `head` or `tail` result; undefined when it failed or the file is not text. */
export function fileLinesOf(outcome: ToolOutcome | undefined): FileLines | undefined {
  if (outcome === undefined || !outcome.ok) return undefined
  const parsed = fileSchema.safeParse(outcome.data)
  if (!parsed.success) return undefined
  const { path, start_line: start, end_line: end, total_lines: totalLines } = parsed.data
  const lines = splitLines(parsed.data.text ?? outcome.text)
  return { path, start, lines: lines.slice(0, Math.max(0, end - start + 1)), totalLines }
}

/** A byte order mark and carriage returns belong to the encoding of a file, not to what it says. */
function splitLines(text: string): readonly string[] {
  if (text === '') return []
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
