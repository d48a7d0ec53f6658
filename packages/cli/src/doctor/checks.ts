import type { Agent, Settings } from '@fsagent/agent'
import { chooseModel } from '@fsagent/agent'

/** What a check may look at. */
interface CheckContext {
  readonly agent: Agent
  readonly settings: Settings
  /** Such as `v20.19.0`. */
  readonly nodeVersion: string
  readonly signal: AbortSignal
}

/** What a check found. */
interface CheckResult {
  readonly ok: boolean
  readonly detail: string
}

/** What a check found, with its name. */
export interface Finding extends CheckResult {
  readonly name: string
}

/** One row of the table of checks. */
export interface Check {
  readonly name: string
  readonly check: (context: CheckContext) => Promise<CheckResult>
}

/** What `doctor` looks at, in this order. */
export const checks: readonly Check[] = [
  { name: 'node', check: checkNode },
  { name: 'data root', check: checkDataRoot },
  { name: 'cache', check: checkCache },
  { name: 'freshness', check: checkFreshness },
  { name: 'search', check: checkSearch },
  { name: 'model', check: checkModel },
]

const OLDEST_NODE = [20, 19] as const

async function checkNode({ nodeVersion }: CheckContext): Promise<CheckResult> {
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number)
  const ok = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
  return { ok, detail: ok ? nodeVersion : `${nodeVersion} is too old: ${OLDEST_NODE.join('.')} is needed` }
}

async function checkDataRoot({ agent, settings, signal }: CheckContext): Promise<CheckResult> {
  const { error, total } = await agent.runTool('ls', {}, { signal })
  if (error !== null) return { ok: false, detail: `${error.code}: ${error.message}` }
  return { ok: true, detail: `${settings.dataRoot} (${total} entries)` }
}

async function checkCache({ agent }: CheckContext): Promise<CheckResult> {
  const health = await agent.cacheManager?.health()
  if (health === undefined || !health.enabled) return { ok: true, detail: 'off, as set' }
  if (!health.writable)
    return { ok: false, detail: `${health.directory} cannot be written: every answer is computed anew` }
  return { ok: true, detail: `${health.directory} (${health.role})` }
}

async function checkFreshness({ agent }: CheckContext): Promise<CheckResult> {
  const health = await agent.cacheManager?.health()
  return { ok: true, detail: health === undefined ? 'off' : `${health.mode}: ${health.reason}` }
}

/** A real search for a text that is hardly there shows that the search engine starts. */
async function checkSearch({ agent, signal }: CheckContext): Promise<CheckResult> {
  const { error, duration_ms: durationMs } = await agent.runTool(
    'grep',
    { pattern: 'fsagent doctor', limit: 1 },
    { signal },
  )
  if (error !== null) return { ok: false, detail: `${error.code}: ${error.message}` }
  return { ok: true, detail: `the data root was searched in ${durationMs.toFixed(0)} ms` }
}

/** Looks at the settings only: a model is not asked, because that may cost money. */
async function checkModel({ settings }: CheckContext): Promise<CheckResult> {
  const { provider, modelId, reason, missing } = chooseModel(settings)
  if (missing.length > 0) return { ok: false, detail: `${provider}: ${missing.join(' and ')} is not set (${reason})` }
  return { ok: true, detail: `${modelId === null ? provider : `${provider} ${modelId}`} (${reason})` }
}
