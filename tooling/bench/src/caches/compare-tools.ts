import type { Agent } from '@fsagent/agent'
import type { Comparison } from '../suite-result.js'
import type { AgentSettings } from './agent-settings.js'
import { timeCaches } from './cached-agents.js'
import { cacheTable } from './cache-table.js'
import type { CacheResult } from './compare-answers.js'

const log = 'notes/logs/tidebook-2024-11-18.log'

/** One call of each tool over the sample data. */
const calls: readonly (readonly [tool: string, input: object])[] = [
  ['grep', { pattern: 'TODO', path: 'projects' }],
  ['cat', { path: 'projects/project-alpha/README.md' }],
  ['find', { name: '*.py' }],
  ['head', { path: log }],
  ['tail', { path: log }],
  ['preview', { path: log }],
  ['wc', { path: log }],
  ['ls', { path: 'knowledge-base/policies' }],
  ['tree', { path: 'projects' }],
  ['smart_read', { path: log, query: 'disk watermark' }],
  ['smart_cat', { paths: ['projects/project-alpha/README.md', 'projects/project-beta/README.md'] }],
]

/** Each tool with each cache. */
export async function compareTools(settings: AgentSettings, folder: string): Promise<CacheResult> {
  const measured: Comparison[] = []
  for (const [tool, input] of calls.slice(0, settings.tools)) {
    const call = async (agent: Agent) => timeTool(agent, tool, input)
    measured.push(...(await timeCaches({ ...settings, title: tool, call, folder })))
  }
  return { comparisons: [], measured, tables: [cacheTable('Each tool', measured)] }
}

async function timeTool(agent: Agent, tool: string, input: object): Promise<Readonly<Record<string, number>>> {
  const started = performance.now()
  const { error } = await agent.runTool(tool, input)
  const time = (performance.now() - started) * 1000
  if (error !== null) throw new Error(`Cannot time ${tool}: ${error.message}`)
  return { call: time }
}
