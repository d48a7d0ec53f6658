import type { CacheManager } from '@fsagent/cache-manager'
import type { CacheReport } from '@fsagent/content-cache'
import type { z } from 'zod'
import type { OutputLimits } from '../output/output-limits.js'
import type { ToolCall } from './tool-result.js'

/** What a tool works with: the caches, which open files below the data root only, and what it may print. */
export interface ToolContext {
  readonly manager: CacheManager
  readonly limits: OutputLimits
  readonly thresholds: FileSizeThresholds
  readonly signal: AbortSignal
  /** The call as it was made, from which the call for the rest derives. */
  readonly call: ToolCall
}

/** Sizes in bytes up to which `smart_read` takes a file as small and as medium. */
export interface FileSizeThresholds {
  readonly smallBytes: number
  readonly mediumBytes: number
}

/** What a tool answers, before it becomes a {@link ToolResult}. */
export interface ToolOutput {
  readonly text: string
  readonly data: unknown
  readonly shown: number
  readonly total: number
  readonly cache: CacheReport
  /** Present when something is left out: what is shown, and the call for the rest. */
  readonly truncation?: { readonly shown: string; readonly next: ToolCall | null }
}

/** A tool: data about it, and what it does with checked arguments. */
export interface Tool {
  readonly name: string
  readonly description: string
  readonly schema: z.ZodType
  run(input: unknown, context: ToolContext): Promise<ToolOutput>
}

/** A tool whose arguments have the type that its schema gives. */
export interface ToolOf<Schema extends z.ZodType> {
  readonly name: string
  readonly description: string
  readonly schema: Schema
  run(input: z.output<Schema>, context: ToolContext): Promise<ToolOutput>
}

/** Makes a record for the tool table; `run` is called with what the schema gave only. */
export function defineTool<Schema extends z.ZodType>(tool: ToolOf<Schema>): Tool {
  return { ...tool, run: async (input, context) => tool.run(tool.schema.parse(input), context) }
}

/** Gives a call that differs from the current one in a few arguments. */
export function callWith(context: ToolContext, changes: Readonly<Record<string, unknown>>): ToolCall {
  return { tool: context.call.tool, arguments: { ...context.call.arguments, ...changes } }
}
