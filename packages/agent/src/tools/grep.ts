import type { GrepFile, GrepOptions, GrepResult } from '@fsagent/search-cache'
import { z } from 'zod'
import { pageOf } from '../output/page.js'
import { matchBlocks, printBlock, type MatchBlock } from './match-blocks.js'
import { count, includeIgnored, limit, offset, scope } from './parameters.js'
import { mustBeReadable, resolveScope } from './resolve-scope.js'
import { defineTool, type ToolContext, type ToolOutput } from './tool.js'

const schema = z.strictObject({
  pattern: z.string().describe('Regular expression in the dialect of ripgrep, or text with "fixed"'),
  path: scope.describe('File or directory to search'),
  glob: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('Globs that files must match, such as "*.py"; "!" excludes'),
  ignore_case: z.boolean().default(false),
  fixed: z.boolean().default(false).describe('The pattern is text, not a regular expression'),
  word: z.boolean().default(false).describe('Whole words only'),
  multiline: z.boolean().default(false).describe('Matches may span lines'),
  mode: z
    .enum(['content', 'files', 'count'])
    .default('content')
    .describe('Matching lines, only the names of files with matches, or the number of matching lines per file'),
  context: count().default(0).describe('Lines of context around each match'),
  before: count().optional().describe('Lines of context before each match'),
  after: count().optional().describe('Lines of context after each match'),
  include_ignored: includeIgnored.default(false),
  limit: limit(100, 'matches'),
  offset: offset('matches'),
})

type GrepArguments = z.output<typeof schema>

/** Searches the text of files. */
export const grep = defineTool({
  name: 'grep',
  description:
    'Search files for a regular expression. Prints path:line:text for each match, sorted by path; context lines have - for :.',
  schema,
  async run(input, context) {
    const scopePath = resolveScope(input.path, context)
    const result = await context.manager.searchCache.grep(
      {
        operation: 'grep',
        pattern: input.pattern,
        scope: scopePath,
        options: optionsOf(input),
      },
      { signal: context.signal },
    )
    mustBeReadable(scopePath, result.skipped.unreadable)
    return input.mode === 'content' ? contentOutput(result, input, context) : fileOutput(result, input, context)
  },
})

function optionsOf(input: GrepArguments): GrepOptions {
  return {
    ignoreCase: input.ignore_case,
    fixed: input.fixed,
    multiline: input.multiline,
    wordRegexp: input.word,
    globs: typeof input.glob === 'string' ? [input.glob] : (input.glob ?? []),
    includeIgnored: input.include_ignored,
    mode: input.mode,
    ...(input.mode === 'content' ? { before: input.before ?? input.context, after: input.after ?? input.context } : {}),
  }
}

function contentOutput(result: GrepResult, input: GrepArguments, context: ToolContext): ToolOutput {
  const after = input.after ?? input.context
  const separated = after + (input.before ?? input.context) > 0
  const { page, ...extent } = pageOf(
    {
      items: matchBlocks(result.files, after),
      // A separator stands between two groups, so not in front of the first one that is shown.
      print: (block, index) => printBlock(index === 0 ? { ...block, before: undefined } : block, separated),
      unit: 'matches',
      cutsLines: true,
      ...input,
    },
    context,
  )
  const data = { matches: page.flatMap(matchesOf), ...skippedOf(result) }
  return { ...extent, data, cache: result.cache }
}

function fileOutput(result: GrepResult, input: GrepArguments, context: ToolContext): ToolOutput {
  const { page, ...extent } = pageOf(
    { items: result.files, print: (file) => fileLine(file, input.mode), unit: 'files', cutsLines: false, ...input },
    context,
  )
  const found =
    input.mode === 'files'
      ? { files: page.map(({ path }) => path) }
      : { counts: page.map(({ path, count }) => ({ path, count })) }
  return { ...extent, data: { matches: [], ...found, ...skippedOf(result) }, cache: result.cache }
}

function fileLine({ path, count }: GrepFile, mode: GrepArguments['mode']): string {
  return mode === 'files' ? `${path}\n` : `${path}:${count}\n`
}

function matchesOf({ path, lines }: MatchBlock): Record<string, unknown>[] {
  return lines.map(({ line, text, kind }) => (kind === 'match' ? { path, line, text } : { path, line, text, kind }))
}

function skippedOf({ skipped }: GrepResult): Record<string, unknown> {
  return skipped.unreadable.length === 0 && skipped.binary === 0 ? {} : { skipped }
}
