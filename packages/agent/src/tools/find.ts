import type { FindOptions, FoundEntry } from '@fsagent/search-cache'
import { z } from 'zod'
import { isoTime } from '../output/iso-time.js'
import { pageOf } from '../output/page.js'
import { count, includeIgnored, limit, offset, scope } from './parameters.js'
import { mustBeReadable, resolveScope } from './resolve-scope.js'
import { defineTool } from './tool.js'

const schema = z.strictObject({
  path: scope.describe('Directory to look in'),
  name: z
    .string()
    .min(1)
    .default('*')
    .describe('Glob on the base name, or on the path below "path" when it contains "/"'),
  type: z.enum(['any', 'file', 'directory', 'symlink']).default('any'),
  extension: z
    .string()
    .regex(/^\.?[^./\\*?[\]{}!()]+(\.[^./\\*?[\]{}!()]+)*$/, 'must be an extension such as "py"')
    .optional()
    .describe('Extension that names must end with, with or without the dot'),
  ignore_case: z.boolean().default(false),
  include_ignored: includeIgnored.default(false),
  max_depth: z.number().int().min(1).optional().describe('Levels below "path"; 1 is only what lies directly in it'),
  min_size: count().optional().describe('Least size of files in bytes'),
  max_size: count().optional().describe('Largest size of files in bytes'),
  sort: z
    .enum(['path', 'largest', 'smallest', 'newest', 'oldest'])
    .default('path')
    .describe('Order; all but "path" are about files only, and print size in bytes and time of change before the path'),
  limit: limit(200, 'paths'),
  offset: offset('paths'),
})

type FindArguments = z.output<typeof schema>

/** Finds files and directories by name. */
export const find = defineTool({
  name: 'find',
  description:
    'Find files and directories by name, type, extension or size, or the largest or newest files. Prints one path per line, sorted.',
  schema,
  async run(input, context) {
    const scopePath = resolveScope(input.path, context)
    const { entries, unreadable, cache } = await context.manager.searchCache.find(
      {
        operation: 'find',
        pattern: patternOf(input),
        scope: scopePath,
        options: optionsOf(input),
      },
      { signal: context.signal },
    )
    mustBeReadable(scopePath, unreadable)
    const items = sorted(
      entries.filter((entry) => hasExtension(entry, input)),
      input.sort,
    )
    const print = input.sort === 'path' ? pathLine : measuredLine
    const { page, ...extent } = pageOf({ items, print, unit: 'paths', cutsLines: false, ...input }, context)
    const data = {
      paths: page.map(({ path }) => path),
      ...(input.sort === 'path' ? {} : { entries: page.map(measured) }),
      ...(unreadable.length === 0 ? {} : { unreadable }),
    }
    return { ...extent, data, cache }
  },
})

/** An extension alone is a name pattern, so that it shares its cache entry with the equivalent glob. */
function patternOf({ name, extension }: FindArguments): string {
  return name === '*' && extension !== undefined ? `*.${extension.replace(/^\./, '')}` : name
}

function hasExtension({ path }: FoundEntry, { extension, ignore_case: ignoreCase }: FindArguments): boolean {
  if (extension === undefined) return true
  const ending = `.${extension.replace(/^\./, '')}`
  return ignoreCase ? path.toLowerCase().endsWith(ending.toLowerCase()) : path.endsWith(ending)
}

function optionsOf(input: FindArguments): FindOptions {
  return {
    type: input.type,
    ignoreCase: input.ignore_case,
    includeIgnored: input.include_ignored,
    ...(input.max_depth === undefined ? {} : { maxDepth: input.max_depth }),
    ...(input.min_size === undefined ? {} : { minSize: input.min_size }),
    ...(input.max_size === undefined ? {} : { maxSize: input.max_size }),
  }
}

const comparisons: Readonly<
  Record<Exclude<FindArguments['sort'], 'path'>, (left: FoundEntry, right: FoundEntry) => number>
> = {
  largest: (left, right) => (right.sizeBytes ?? 0) - (left.sizeBytes ?? 0),
  smallest: (left, right) => (left.sizeBytes ?? 0) - (right.sizeBytes ?? 0),
  newest: (left, right) => (right.modifiedMs ?? 0) - (left.modifiedMs ?? 0),
  oldest: (left, right) => (left.modifiedMs ?? 0) - (right.modifiedMs ?? 0),
}

/** Files that are equal stay in the order of their paths. */
function sorted(entries: readonly FoundEntry[], sort: FindArguments['sort']): readonly FoundEntry[] {
  if (sort === 'path') return entries
  return entries.filter(({ kind }) => kind === 'file').toSorted(comparisons[sort])
}

function pathLine({ path }: FoundEntry): string {
  return `${path}\n`
}

function measuredLine(entry: FoundEntry): string {
  const { path, size, modified } = measured(entry)
  return `${String(size).padStart(12)} ${modified ?? 'unknown'} ${path}\n`
}

function measured({ path, sizeBytes, modifiedMs }: FoundEntry): {
  readonly path: string
  readonly size: number
  readonly modified: string | null
} {
  return { path, size: sizeBytes ?? 0, modified: isoTime(modifiedMs ?? 0) }
}
