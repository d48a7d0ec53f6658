import type { ToolOutcome } from '../decode-tool-result.js'

/** Says in one sentence why a tool gave no answer. */
export function describeFailure(outcome: ToolOutcome | undefined, what: string): string {
  const error = outcome?.error
  if (error === undefined || error === null) return `I got no answer about ${what}.`
  return `I cannot read ${what}: ${error.message.replace(/\.$/, '')} (${error.code}).`
}
