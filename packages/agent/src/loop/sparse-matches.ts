import type { ToolResult } from '../tools/tool-result.js'
import type { RequestedCall } from './ask-model.js'

/** Up to so many matches come with their surroundings: the model would ask for them next. */
const fewMatches = 3
const contextLines = 3
/** Whoever says one of these has decided how much is shown; `limit: 0` promises the plain output of `grep -rn`. */
const decisive = ['context', 'before', 'after']

/** Runs a call; a search that finds very little is answered with the lines around each match. */
export async function runWithContext(
  call: RequestedCall,
  run: (input: unknown) => Promise<ToolResult>,
): Promise<ToolResult> {
  const result = await run(call.input)
  const { arguments: given, ok, total, shown } = result
  const undecided = !decisive.some((name) => name in given) && given['limit'] !== 0
  const lists = call.name === 'grep' && (given['mode'] ?? 'content') === 'content' && undecided
  if (!lists || !ok || total === 0 || total > fewMatches || shown < total) return result
  const wider = await run({ ...given, context: contextLines })
  return wider.ok ? wider : result
}
