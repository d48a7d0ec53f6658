import type { ToolResult } from '@fsagent/agent'
import { oneLine } from '../rendering/one-line.js'
import type { Terminal } from '../terminal.js'

const LONGEST_ARGUMENTS = 80

/** Gives the line on stderr for a tool call: what was called, how the cache took part, how long it took. */
export function toolLine(
  result: ToolResult,
  callArguments: Readonly<Record<string, unknown>>,
  { errorColors }: Pick<Terminal, 'errorColors'>,
): string {
  const call = `${result.tool} ${shorten(JSON.stringify(callArguments))}`
  const outcome = result.error === null ? result.cache.outcome : errorColors.red(result.error.code)
  const tier = result.cache.tier === null ? '' : ` from ${result.cache.tier}`
  return errorColors.dim(`- ${oneLine(call)}: ${outcome}${tier}, ${result.duration_ms.toFixed(1)} ms`)
}

function shorten(text: string): string {
  if (text.length <= LONGEST_ARGUMENTS) return text
  // A cut through a surrogate pair would leave half a character.
  return `${text.slice(0, LONGEST_ARGUMENTS).replace(/[\uD800-\uDBFF]$/, '')}…`
}
