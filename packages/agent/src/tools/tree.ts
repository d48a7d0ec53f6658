import type { FoundEntry } from '@fsagent/search-cache'
import { z } from 'zod'
import { fitBlocks } from '../output/fit-blocks.js'
import { noLimits } from '../output/output-limits.js'
import { listEntries, nameOf, parentOf } from './entry-list.js'
import { includeIgnored, limit, scope } from './parameters.js'
import { resolveDirectory } from './resolve-scope.js'
import { callWith, defineTool, type ToolContext, type ToolOutput } from './tool.js'

const schema = z.strictObject({
  path: scope.describe('Directory to draw'),
  depth: z.number().int().min(1).max(100).default(3).describe('Levels to show'),
  include_ignored: includeIgnored.default(false),
  limit: limit(200, 'entries'),
})

/** Draws a directory tree. */
export const tree = defineTool({
  name: 'tree',
  description: 'Draw the directories and files below a directory, a few levels deep.',
  schema,
  async run(input, context) {
    const path = resolveDirectory(input.path, context)
    const { entries, unreadable, cache } = await listEntries(
      { scope: path, maxDepth: input.depth, includeIgnored: input.include_ignored },
      context,
    )
    const rows = drawRows(entries, path)
    const data = { path, ...(unreadable.length === 0 ? {} : { unreadable }) }
    return { ...outputOf(rows, { ...input, path }, { context, data }), cache }
  },
})

interface TreeRow {
  readonly entry: FoundEntry
  readonly depth: number
  readonly line: string
}

function drawRows(entries: readonly FoundEntry[], scope: string): TreeRow[] {
  const children = childrenByParent(entries)
  const below = (directory: string, indent: string, depth: number): TreeRow[] => {
    const siblings = children.get(directory) ?? []
    return siblings.flatMap((entry, index) => {
      const last = index === siblings.length - 1
      const line = `${indent}${last ? '└── ' : '├── '}${nameOf(entry.path)}${entry.kind === 'directory' ? '/' : ''}\n`
      return [{ entry, depth, line }, ...below(entry.path, indent + (last ? '    ' : '│   '), depth + 1)]
    })
  }
  return below(scope, '', 1)
}

function childrenByParent(entries: readonly FoundEntry[]): ReadonlyMap<string, readonly FoundEntry[]> {
  const children = new Map<string, FoundEntry[]>()
  for (const entry of entries) {
    const siblings = children.get(parentOf(entry.path))
    if (siblings === undefined) children.set(parentOf(entry.path), [entry])
    else siblings.push(entry)
  }
  return children
}

function outputOf(
  rows: readonly TreeRow[],
  { path, limit: most }: { readonly path: string; readonly limit: number },
  { context, data }: { readonly context: ToolContext; readonly data: Record<string, unknown> },
): Omit<ToolOutput, 'cache'> {
  const wanted = most === 0 ? rows : rows.slice(0, most)
  const limits = most === 0 ? noLimits : { ...context.limits, lineCharacters: Infinity }
  const heading = `${path === '' ? '.' : path}\n`
  const fitted = fitBlocks([heading, ...wanted.map(({ line }) => line)], limits)
  const shown = fitted.shown - 1
  const page = wanted.slice(0, shown)
  const output = {
    text: fitted.text,
    data: {
      ...data,
      entries: page.map(({ entry, depth }) => ({ path: entry.path, kind: entry.kind, depth })),
      directories: page.filter(({ entry }) => entry.kind === 'directory').length,
      files: page.filter(({ entry }) => entry.kind !== 'directory').length,
    },
    shown,
    total: rows.length,
  }
  if (shown >= rows.length) return output
  const next = callWith(context, { limit: 0 })
  return { ...output, truncation: { shown: `Shown: entries 1 to ${shown} of ${rows.length}`, next } }
}
