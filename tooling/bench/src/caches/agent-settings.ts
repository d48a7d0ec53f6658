import type { TokenSettings } from '../tokens/count-sent-tokens.js'

/** How much of everything the comparison of caches does. */
export interface AgentSettings {
  /** New agents for each cache, whose first call is timed. */
  readonly coldRounds: number
  /** Calls again for each cache. */
  readonly warmRounds: number
  /** Questions and tools that are timed. */
  readonly questions: number
  readonly tools: number
  readonly tokens: TokenSettings
}

/** What `npm run bench -- agent` does. */
export const fullAgent: AgentSettings = {
  coldRounds: 11,
  warmRounds: 101,
  questions: Infinity,
  tools: Infinity,
  tokens: { conversations: Infinity, questions: Infinity },
}

/** What it does with `--quick`: enough to see whether it works, too little to compare. */
export const quickAgent: AgentSettings = { ...fullAgent, coldRounds: 3, warmRounds: 11 }

/** What it does with `--smoke`: a few rows show that everything runs; the figures say nothing. */
export const smokeAgent: AgentSettings = {
  coldRounds: 1,
  warmRounds: 1,
  questions: 1,
  tools: 2,
  tokens: { conversations: 1, questions: 1 },
}
