import { splitNotice } from '@fsagent/agent/tools'
import type { ToolResult } from '@fsagent/agent'
import { oneLine } from '../rendering/one-line.js'
import type { Terminal } from '../terminal.js'

/** Prints what a tool printed, byte for byte; that something was left out is said on stderr. */
export async function printToolResult(result: ToolResult, terminal: Terminal): Promise<void> {
  if (!result.ok) return
  const { body, notice } = splitNotice(result)
  await terminal.print(bytesOf(result) ?? body)
  if (notice !== '') await terminal.note(terminal.errorColors.dim(`fs-agent: ${oneLine(notice)}`))
}

/** Text that is not UTF-8 cannot be a string; such a result carries its bytes beside it. */
function bytesOf({ data }: ToolResult): Uint8Array | undefined {
  if (typeof data !== 'object' || data === null || !('base64' in data)) return undefined
  return typeof data.base64 === 'string' ? Buffer.from(data.base64, 'base64') : undefined
}
