import type { AgentSettings } from '../caches/agent-settings.js'
import { compareAnswers, type CacheResult } from '../caches/compare-answers.js'
import { compareTools } from '../caches/compare-tools.js'
import { joinResults } from '../suite-result.js'
import { withTemporaryFolder } from '../temporary-folder.js'
import { countSentTokens, type TokenResult } from '../tokens/count-sent-tokens.js'

/** All tables as data, for the JSON file. */
interface AgentSuiteResult extends TokenResult {
  readonly answers: CacheResult['measured']
  readonly tools: CacheResult['measured']
}

/** What answers and tools take without a cache, with v2, with v3 and with both, and what is sent to a model. */
export async function agentSuite(settings: AgentSettings): Promise<AgentSuiteResult> {
  const [answers, tools] = await withTemporaryFolder(async (folder) => [
    await compareAnswers(settings, folder),
    await compareTools(settings, folder),
  ])
  const tokens = await countSentTokens(settings.tokens)
  const notes = [
    'Cold is the first call of a new agent over an empty cache, its index of the tree included; warm is the same call again.',
    'The planner answers. Watching keeps v3 current, as in the server; v2 answers from memory whatever the files say.',
    'With v2 and v3 on, v3 answers and v2 is compared with it.',
  ]
  const { tables } = joinResults([answers, tools, tokens])
  return { ...tokens, answers: answers.measured, tools: tools.measured, tables, notes }
}
