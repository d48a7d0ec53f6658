import type { ToolCall, ToolResult } from '../tools/tool-result.js'

/** Gives the line that ends the text of a truncated result: what is shown, of how much, and the call for the rest. */
export function noticeLine(shown: string, next: ToolCall | null): string {
  const rest = next === null ? '' : ` The rest: ${next.tool} ${JSON.stringify(next.arguments)}`
  return `[${shown}.${rest}]\n`
}

/** Gives what a tool printed and our notice about it apart; the notice is empty unless the result is truncated. */
export function splitNotice(result: Pick<ToolResult, 'text' | 'truncated'>): { body: string; notice: string } {
  if (!result.truncated) return { body: result.text, notice: '' }
  const start = result.text.lastIndexOf('\n', result.text.length - 2) + 1
  return { body: result.text.slice(0, start), notice: result.text.slice(start).trimEnd() }
}
