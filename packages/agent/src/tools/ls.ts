import type { FoundEntry } from '@fsagent/search-cache'
import { z } from 'zod'
import { pageOf } from '../output/page.js'
import { listEntries, nameOf } from './entry-list.js'
import { includeIgnored, limit, offset, scope } from './parameters.js'
import { resolveScope } from './resolve-scope.js'
import { defineTool } from './tool.js'

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
    const print = (entry: FoundEntry): string => (input.long ? longLine(entry) : `${markedName(entry)}\n`)
    const { page, ...extent } = pageOf({ items: entries, print, unit: 'entries', cutsLines: false, ...input }, context)
    return { ...extent, data: { entries: page.map(described) }, cache }
  },
})

function described(entry: FoundEntry): Record<string, unknown> {
  const { path, kind, sizeBytes } = entry
  return { name: nameOf(path), path, kind, size: sizeBytes, modified: modifiedAt(entry) }
}

function longLine(entry: FoundEntry): string {
  return `${entry.kind.padEnd(9)} ${String(entry.sizeBytes).padStart(12)} ${modifiedAt(entry)} ${markedName(entry)}\n`
}

function modifiedAt({ modifiedMs }: FoundEntry): string {
  const date = new Date(modifiedMs)
  return Number.isNaN(date.getTime()) ? 'unknown' : date.toISOString()
}

function markedName({ path, kind }: FoundEntry): string {
  return nameOf(path) + marks[kind]
}
