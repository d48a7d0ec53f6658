import type { ToolOutcome } from './decode-tool-result.js'

/** One tool call a plan asks for. */
export interface ToolRequest {
  readonly tool: string
  readonly arguments: Readonly<Record<string, unknown>>
}

/**
 * A plan is a generator: it yields batches of tool calls, is given their outcomes in the same order, and returns its
 * result. Because it is deterministic, replaying it over the outcomes of earlier steps gives its state back, so the
 * planner itself keeps none.
 */
export type Plan<Result = string> = Generator<readonly ToolRequest[], Result, readonly ToolOutcome[]>
