import type { FoundEntry } from '@fsagent/search-cache'
import { z } from 'zod'
import { isoTime } from '../output/iso-time.js'
import { pageOf } from '../output/page.js'
import { listEntries, nameOf } from './entry-list.js'
import { includeIgnored, limit, offset, scope } from './parameters.js'
import { resolveScope } from './resolve-scope.js'
import { defineTool, type ToolContext } from './tool.js'

const schema = z.strictObject({
  path: scope.describe('Directory to list'),
  long: z.boolean().default(false).describe('Also print kind, size in bytes and time of change'),
  include_ignored: includeIgnored.default(true),
  limit: limit(200, 'entries'),
  offset: offset('entries'),
})

const marks = { file: '', directory: '/', symlink: '@', other: '' } as const

/** Lists one directory. */
export const ls = defineTool({
  name: 'ls',
  description: 'List a directory, hidden entries included. Directories end in "/", symbolic links in "@".',
  schema,
  async run(input, context) {
    const request = { scope: resolveScope(input.path, context), maxDepth: 1, includeIgnored: input.include_ignored }
    const { entries, cache } = await listEntries(request, context)
    const items = entries.map((entry) => dated(entry, context))
    const print = (item: DatedEntry): string => (input.long ? longLine(item) : `${markedName(item.entry)}\n`)
    const { page, ...extent } = pageOf({ items, print, unit: 'entries', cutsLines: false, ...input }, context)
    return { ...extent, data: { entries: page.map(described) }, cache }
  },
})

function described({ entry, sizeBytes, modified }: DatedEntry): Record<string, unknown> {
  return { name: nameOf(entry.path), path: entry.path, kind: entry.kind, size: sizeBytes, modified }
}

/** The index leaves out what a directory says about itself, because it changes with every temporary file. */
function dated(entry: FoundEntry, { manager: { root } }: ToolContext): DatedEntry {
  const { signature } = entry.sizeBytes === null ? (root.lstat(entry.path) ?? {}) : {}
  const sizeBytes = entry.sizeBytes ?? Number(signature?.size ?? 0)
  const modifiedMs = entry.modifiedMs ?? Number((signature?.mtimeNs ?? 0n) / 1_000_000n)
  return { entry, sizeBytes, modified: isoTime(modifiedMs) }
}

interface DatedEntry {
  readonly entry: FoundEntry
  readonly sizeBytes: number
  /** ISO 8601 in UTC; `null` for times that a date cannot hold. */
  readonly modified: string | null
}

function longLine({ entry, sizeBytes, modified }: DatedEntry): string {
  return `${entry.kind.padEnd(9)} ${String(sizeBytes).padStart(12)} ${modified ?? 'unknown'} ${markedName(entry)}\n`
}

function markedName({ path, kind }: FoundEntry): string {
  return nameOf(path) + marks[kind]
}
