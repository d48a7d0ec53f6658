import type { ToolCacheReport, ToolResult } from './tools/tool-result.js'

/** One tool call of a turn and what came of it. */
export interface CalledTool {
  readonly name: string
  readonly arguments: Readonly<Record<string, unknown>>
  readonly result: ToolResult
}

/** Tokens as the model's provider counts them; `null` where it does not say. */
export interface TokenUsage {
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  readonly totalTokens: number | null
}

/** How often the caches took part in which way in the tool calls of a turn that answered. */
export type CacheOutcomes = Readonly<Record<ToolCacheReport['outcome'], number>>

/** A place in a file that the answer names. */
export interface Citation {
  /** Path relative to the data root. */
  readonly path: string
  /** First line, counted from 1. */
  readonly line: number
  /** Last line. */
  readonly endLine: number
}

/**
 * Why the turn ended: the model was done (`stop`), the steps were used up (`step-limit`), or what the provider said
 * (`length`, `content-filter`, `other`).
 */
export type FinishReason = 'stop' | 'step-limit' | 'length' | 'content-filter' | 'other'

/** The outcome of one turn. */
export interface ChatResult {
  readonly text: string
  /** How often the model was asked. */
  readonly steps: number
  /** In the order in which the model asked for them. */
  readonly toolCalls: readonly CalledTool[]
  readonly usage: TokenUsage
  readonly cache: CacheOutcomes
  readonly finishReason: FinishReason
  readonly citations: readonly Citation[]
  readonly sessionId: string
}
