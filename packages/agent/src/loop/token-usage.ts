import type { TokenUsage } from '../chat-result.js'

/** What the AI SDK says about one answer. */
interface ReportedUsage {
  readonly inputTokens: number | undefined
  readonly outputTokens: number | undefined
  readonly totalTokens: number | undefined
}

/** Nothing counted yet. */
export const noUsage: TokenUsage = { inputTokens: null, outputTokens: null, totalTokens: null }

/** Gives the sum; a figure that no answer reported stays `null`. */
export function addUsage(sum: TokenUsage, reported: ReportedUsage): TokenUsage {
  return {
    inputTokens: add(sum.inputTokens, reported.inputTokens),
    outputTokens: add(sum.outputTokens, reported.outputTokens),
    totalTokens: add(sum.totalTokens, reported.totalTokens),
  }
}

function add(sum: number | null, reported: number | undefined): number | null {
  return reported === undefined ? sum : (sum ?? 0) + reported
}
