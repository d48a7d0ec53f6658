import type { FindOptions, FoundEntry } from '@fsagent/search-cache'
import { z } from 'zod'
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
  limit: limit(200, 'paths'),
  offset: offset('paths'),
})

type FindArguments = z.output<typeof schema>

/** Finds files and directories by name. */
export const find = defineTool({
  name: 'find',
  description: 'Find files and directories by name, type, extension or size. Prints one path per line, sorted.',
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
    const paths = entries.filter((entry) => hasExtension(entry, input)).map(({ path }) => path)
    const { page, ...extent } = pageOf(
      { items: paths, print: (path) => `${path}\n`, unit: 'paths', cutsLines: false, ...input },
      context,
    )
    return { ...extent, data: { paths: page, ...(unreadable.length === 0 ? {} : { unreadable }) }, cache }
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
