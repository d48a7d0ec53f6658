import type { AgentError } from './agent-error.js'
import type { ChatResult } from './chat-result.js'
import type { ToolResult } from './tools/tool-result.js'

/** What happens during one turn, in order; `done` or `error` comes last, and exactly one of them. */
export type AgentEvent =
  | { readonly type: 'status'; readonly status: 'thinking' | 'retrying' | 'answering'; readonly step: number }
  | { readonly type: 'token'; readonly text: string }
  | {
      readonly type: 'tool_call'
      readonly id: string
      readonly name: string
      readonly arguments: Readonly<Record<string, unknown>>
    }
  | { readonly type: 'tool_result'; readonly id: string; readonly name: string; readonly result: ToolResult }
  | { readonly type: 'done'; readonly result: ChatResult }
  | { readonly type: 'error'; readonly error: AgentError }
