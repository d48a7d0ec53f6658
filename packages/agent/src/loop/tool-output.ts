import type { LanguageModelV3ToolResultPart } from '@ai-sdk/provider'
import { splitNotice } from '../output/notice.js'
import type { ToolResult } from '../tools/tool-result.js'
import { fence } from './fence.js'

const namespace = 'fsagent'

/** Gives the text that a language model sees of a tool result. */
export function toolOutputText(result: ToolResult): string {
  if (!result.ok) return `${result.error?.code ?? 'TOOL_FAILED'}: ${result.error?.message ?? 'no reason given'}`
  const { body, notice } = splitNotice(result)
  // What we say about the output stands outside the fence, so that a file cannot fake it.
  return [body === '' ? 'The output is empty.' : fence(body), notice].filter((part) => part !== '').join('\n')
}

/** Gives the provider options that carry the structured result to the planner; providers do not send them. */
export function toolOutputOptions(result: ToolResult): { readonly [namespace]: { readonly result: ToolResult } } {
  return { [namespace]: { result } }
}

/** Gives the structured result that a part of a tool message carries, or undefined when it carries none. */
export function toolResultOf(part: LanguageModelV3ToolResultPart): ToolResult | undefined {
  const result: unknown = part.providerOptions?.[namespace]?.['result']
  return isToolResult(result) ? result : undefined
}

function isToolResult(value: unknown): value is ToolResult {
  return typeof value === 'object' && value !== null && 'tool' in value && 'text' in value && 'cache' in value
}
