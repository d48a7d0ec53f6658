import { failedOutcome } from './decode-tool-result.js'
import type { ToolOutcome } from './decode-tool-result.js'
import type { Plan, ToolRequest } from './plan.js'

/** Tool calls of one earlier step of this turn, with what came back. */
export interface RecordedStep {
  readonly calls: readonly { readonly tool: string; readonly outcome: ToolOutcome }[]
}

/** What comes next: tool calls to make, or the final answer. */
export type NextMove =
  | { readonly kind: 'calls'; readonly step: number; readonly requests: readonly ToolRequest[] }
  | {
      readonly kind: 'answer'
      readonly text: string
      /** Tools it wanted were not to be had. */ readonly isPartial: boolean
    }

export interface RunOptions {
  readonly recorded: readonly RecordedStep[]
  /** Names of the tools that may be called now. */
  readonly available: ReadonlySet<string>
  /** Steps with tool calls after which the plan must answer from what it has. */
  readonly maxSteps: number
}

/** Replays a plan over the steps that were already made and says what it wants next. */
export function runPlan(plan: Plan, { recorded, available, maxSteps }: RunOptions): NextMove {
  let step = 0
  let turn = plan.next()
  let isPartial = false
  while (turn.done !== true) {
    const requests = turn.value
    const replayed = recorded[step]
    if (replayed !== undefined && replayed.calls.some((call) => requests.some(({ tool }) => tool === call.tool))) {
      step += 1
      turn = plan.next(matchOutcomes(requests, replayed))
      continue
    }
    const possible = requests.filter(({ tool }) => available.has(tool))
    if (possible.length > 0 && step < maxSteps) return { kind: 'calls', step, requests: possible }
    isPartial = true
    turn = plan.next(requests.map(({ tool }) => failedOutcome('TOOL_UNAVAILABLE', `The tool ${tool} is not available`)))
  }
  return { kind: 'answer', text: turn.value, isPartial }
}

/** A step recorded fewer calls than were asked for when some tools were not offered: match by name, in order. */
function matchOutcomes(requests: readonly ToolRequest[], { calls }: RecordedStep): readonly ToolOutcome[] {
  let position = 0
  return requests.map(({ tool }) => {
    const call = calls[position]
    if (call?.tool !== tool) return failedOutcome('TOOL_UNAVAILABLE', `The tool ${tool} is not available`)
    position += 1
    return call.outcome
  })
}
