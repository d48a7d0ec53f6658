import type { z } from 'zod'
import { closest } from '../text/closest.js'
import type { Tool } from './tool.js'
import { ToolError } from './tool-failure.js'

/**
 * Gives arguments with their defaults filled in.
 *
 * @throws ToolError `TOOL_ARGUMENTS_INVALID`, with one entry in `details` per problem
 */
export function checkArguments(tool: Tool, given: unknown): unknown {
  const parsed = tool.schema.safeParse(given)
  if (parsed.success) return parsed.data
  const known = parameterNames(tool)
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, known))
  throw new ToolError({
    code: 'TOOL_ARGUMENTS_INVALID',
    message: `Cannot call "${tool.name}": ${problems.map(({ reason }) => reason).join('; ')}`,
    details: problems,
  })
}

interface ArgumentProblem {
  readonly parameter: string | null
  readonly reason: string
}

function problemsOf(issue: z.core.$ZodIssue, known: readonly string[]): ArgumentProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ parameter: key, reason: unknownParameter(key, known) }))
  }
  const parameter = issue.path.length === 0 ? null : issue.path.join('.')
  const message = issue.message.charAt(0).toLowerCase() + issue.message.slice(1)
  return [
    { parameter, reason: parameter === null ? `the arguments: ${message}` : `parameter "${parameter}": ${message}` },
  ]
}

function unknownParameter(key: string, known: readonly string[]): string {
  const suggestion = closest(key, known)
  const hint = suggestion === undefined ? `known are ${known.join(', ')}` : `did you mean "${suggestion}"?`
  return `unknown parameter "${key}", ${hint}`
}

function parameterNames(tool: Tool): string[] {
  return 'shape' in tool.schema && typeof tool.schema.shape === 'object' ? Object.keys(tool.schema.shape ?? {}) : []
}
