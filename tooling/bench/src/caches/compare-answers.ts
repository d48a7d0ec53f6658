import { migrationQuestions, timeAnswer } from '@fsagent/examples/compared-caches'
import type { Comparison, SuiteResult } from '../suite-result.js'
import type { AgentSettings } from './agent-settings.js'
import { timeCaches } from './cached-agents.js'
import { cacheTable } from './cache-table.js'

/** The table as data, for the JSON file. */
export interface CacheResult extends SuiteResult {
  readonly measured: readonly Comparison[]
}

/** The three questions of the migration guide with each cache: their tools alone, and the whole answer. */
export async function compareAnswers(settings: AgentSettings, folder: string): Promise<CacheResult> {
  const measured: Comparison[] = []
  for (const question of migrationQuestions.slice(0, settings.questions)) {
    const call = async (agent: Parameters<typeof timeAnswer>[0]) => {
      const { tools, answer } = await timeAnswer(agent, question)
      return { tools: tools * 1000, 'whole answer': answer * 1000 }
    }
    measured.push(...(await timeCaches({ ...settings, title: question, call, folder })))
  }
  return { comparisons: [], measured, tables: [cacheTable('The questions of the migration guide', measured)] }
}
