import type { Agent, Settings } from '@fsagent/agent'
import { chooseModel } from '@fsagent/agent'

/** What a check found. */
interface CheckResult {
  readonly ok: boolean
  readonly detail: string
}

/** What a check found, with its name. */
export interface Finding extends CheckResult {
  readonly name: string
}

/** One row of a table of checks, with what it looks at. */
export interface Check<Subject> {
  readonly name: string
  readonly check: (subject: Subject) => Promise<CheckResult>
}

/** What is there before anything is opened. */
export interface Surroundings {
  readonly settings: Settings
  /** Such as `v20.19.0`. */
  readonly nodeVersion: string
}

/** What is there once the agent is open. */
export interface OpenedAgent {
  readonly agent: Agent
  readonly signal: AbortSignal
}

/** What `doctor` looks at first. */
export const surroundingChecks: readonly Check<Surroundings>[] = [
  { name: 'node', check: checkNode },
  { name: 'model', check: checkModel },
]

/** What `doctor` looks at when the agent could be opened. */
export const agentChecks: readonly Check<OpenedAgent>[] = [
  { name: 'data root', check: checkDataRoot },
  { name: 'cache', check: checkCache },
  { name: 'freshness', check: checkFreshness },
  { name: 'search', check: checkSearch },
]

const OLDEST_NODE = [20, 19] as const

async function checkNode({ nodeVersion }: Surroundings): Promise<CheckResult> {
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number)
  const ok = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
  return { ok, detail: ok ? nodeVersion : `${nodeVersion} is too old: ${OLDEST_NODE.join('.')} is needed` }
}

async function checkDataRoot({ agent, signal }: OpenedAgent): Promise<CheckResult> {
  const { error, total } = await agent.runTool('ls', {}, { signal })
  if (error !== null) return { ok: false, detail: `${error.code}: ${error.message}` }
  return { ok: true, detail: `${agent.settings.dataRoot} (${total} entries)` }
}

async function checkCache({ agent }: OpenedAgent): Promise<CheckResult> {
  const health = await agent.cacheManager?.health()
  if (health === undefined || !health.enabled) return { ok: true, detail: 'off, as set' }
  if (!health.writable)
    return { ok: false, detail: `${health.directory} cannot be written: every answer is computed anew` }
  return { ok: true, detail: `${health.directory} (${health.role})` }
}

async function checkFreshness({ agent }: OpenedAgent): Promise<CheckResult> {
  const health = await agent.cacheManager?.health()
  return { ok: true, detail: health === undefined ? 'off' : `${health.mode}: ${health.reason}` }
}

/** A real search for a text that is hardly there shows that the search engine starts. */
async function checkSearch({ agent, signal }: OpenedAgent): Promise<CheckResult> {
  const { error, duration_ms: durationMs } = await agent.runTool(
    'grep',
    { pattern: 'fsagent doctor', limit: 1 },
    { signal },
  )
  if (error !== null) return { ok: false, detail: `${error.code}: ${error.message}` }
  return { ok: true, detail: `the data root was searched in ${durationMs.toFixed(0)} ms` }
}

/** Looks at the settings only: a model is not asked, because that may cost money. */
async function checkModel({ settings }: Surroundings): Promise<CheckResult> {
  const { provider, modelId, reason, missing } = chooseModel(settings)
  if (missing.length > 0) return { ok: false, detail: `${provider}: ${missing.join(' and ')} is not set (${reason})` }
  return { ok: true, detail: `${modelId === null ? provider : `${provider} ${modelId}`} (${reason})` }
}
