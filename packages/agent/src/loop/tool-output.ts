import { splitNotice } from '../output/notice.js'
import type { ToolResult } from '../tools/tool-result.js'
import { fence } from './fence.js'

/** Gives the text that a language model sees of a tool result. */
export function toolOutputText(result: ToolResult): string {
  if (!result.ok) return `${result.error?.code ?? 'TOOL_FAILED'}: ${result.error?.message ?? 'no reason given'}`
  const { body, notice } = splitNotice(result)
  // What we say about the output stands outside the fence, so that a file cannot fake it.
  return [body === '' ? 'The output is empty.' : fence(body), notice].filter((part) => part !== '').join('\n')
}
