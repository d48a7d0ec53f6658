import { sliceBytes } from '../output/cut-line.js'
import { splitNotice } from '../output/notice.js'
import type { ToolResult } from '../tools/tool-result.js'
import { fence } from './fence.js'

/**
 * Gives the text that a language model sees of a tool result.
 *
 * A model may ask for everything, but what does not fit into any context window would end the turn, so that `maxBytes`
 * holds in any case.
 */
export function toolOutputText(result: ToolResult, maxBytes: number): string {
  if (!result.ok) return `${result.error?.code ?? 'TOOL_FAILED'}: ${result.error?.message ?? 'no reason given'}`
  const { body, notice } = splitNotice(result)
  const kept = Buffer.byteLength(body) > maxBytes ? sliceBytes(body, maxBytes) : body
  const remark = kept.length < body.length ? `[Only the first ${Buffer.byteLength(kept)} bytes are given here.]` : ''
  // Names that are not UTF-8 hold lone surrogates, which some providers refuse.
  // What we say about the output stands outside the fence, so that a file cannot fake it.
  return [body === '' ? 'The output is empty.' : fence(kept.toWellFormed()), remark, notice]
    .filter((part) => part !== '')
    .join('\n')
}
