import { z } from 'zod'
import type { ToolResult } from '@fsagent/agent'

const pathsSchema = z.array(z.string()).default([])
const dataSchema = z.object({
  unreadable: pathsSchema,
  skipped: z.object({ unreadable: pathsSchema }).default({ unreadable: [] }),
})

const MOST_NAMED = 5

/** Gives what a search or a listing could not look into; its answer is right but not complete. */
export function unreadablePaths({ data }: Pick<ToolResult, 'data'>): readonly string[] {
  const parsed = dataSchema.safeParse(data)
  return parsed.success ? [...parsed.data.unreadable, ...parsed.data.skipped.unreadable] : []
}

/** Gives the message that names them, the first few at least. */
export function describeUnreadable(paths: readonly string[]): string {
  const named = paths.slice(0, MOST_NAMED).map((path) => `"${path}"`)
  const more = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : ''
  return `Cannot look into ${named.join(', ')}${more}: permission denied`
}
