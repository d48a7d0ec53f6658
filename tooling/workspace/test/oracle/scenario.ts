import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentOptions } from '@fsagent/agent'
import {
  drawPlan,
  type MountKind,
  openUp,
  play,
  type PlayOptions,
  type PlayReport,
  shrink,
  type Step,
  type Subject,
} from '@fsagent/testing'
import { agentSubject, freshSubject } from './agent-subject.js'
import { commandSubject } from './command-subject.js'
import { processSubject } from './process-subject.js'

/** A place, and who answers questions about it. */
export interface Scenario {
  readonly title: string
  readonly place: MountKind | 'temporary'
  readonly freshness: 'scan' | 'watch'
  /** An agent in this process, in one of its own, a command for each question, or some of them with one cache. */
  readonly agents: readonly ('here' | 'apart' | 'command')[]
  /** Whether an agent that runs apart is stopped (SIGSTOP) during some operations. */
  readonly stops?: boolean
  /** Directories that an agent that runs apart may watch. */
  readonly mostWatches?: number
}

/** How much of a scenario is played. */
export interface RunOptions {
  readonly seed: number
  readonly operations: number
  /** An empty directory. */
  readonly directory: string
  readonly mostMilliseconds?: number
}

/** What came of a run; `shortest` are the steps that are left of it when it failed. */
export interface RunReport extends PlayReport {
  readonly shortest?: readonly Step[]
}

/** A name outside the root, made after the file was indexed and written through, raises no event in the root. */
const unseenByWatch = ['writeThroughOutsideName']
/** Whoever is stopped meanwhile sees that both files of a name were written only as one event. */
const unseenWhenStopped = [...unseenByWatch, 'writeUnderFormerName']

const shrinkForMs = 60_000

/** Plays a scenario; what fails is played again with fewer and fewer steps. */
export async function runScenario(scenario: Scenario, run: RunOptions): Promise<RunReport> {
  const steps = drawPlan({
    seed: run.seed,
    operations: run.operations,
    subjects: scenario.agents.length,
    ...(scenario.stops === true && { stops: true }),
    ...(scenario.freshness === 'watch' && { without: scenario.stops === true ? unseenWhenStopped : unseenByWatch }),
  })
  let plays = 0
  const attempt = async (some: readonly Step[], bounds: Partial<PlayOptions>): Promise<PlayReport> => {
    plays += 1
    return await playScenario(scenario, some, { directory: join(run.directory, String(plays)), seed: run.seed, bounds })
  }
  const { mostMilliseconds } = run
  const report = await attempt(steps, {
    mostDifferences: 1,
    ...(mostMilliseconds !== undefined && { mostMilliseconds }),
  })
  const [difference] = report.differences
  if (difference === undefined) return report
  const fails = async (some: readonly Step[]): Promise<boolean> =>
    (await attempt(some, { mostDifferences: 1 })).differences.length > 0
  return {
    ...report,
    shortest: await shrink(steps.slice(0, difference.step), { fails, mostMilliseconds: shrinkForMs }),
  }
}

interface Attempt {
  readonly directory: string
  readonly seed: number
  readonly bounds: Partial<PlayOptions>
}

async function playScenario(scenario: Scenario, steps: readonly Step[], attempt: Attempt): Promise<PlayReport> {
  const { directory, seed, bounds } = attempt
  mkdirSync(directory)
  const [root, outside] = [join(directory, 'root'), join(directory, 'outside')]
  // Every second seed keeps the cache inside the data root, where people put it.
  const cacheDirectory = seed % 2 === 0 ? join(directory, 'cache') : join(root, '.cache')
  const options: AgentOptions = {
    dataRoot: root,
    cacheDirectory,
    useNewCache: true,
    cacheFreshness: scenario.freshness,
  }
  const { mostWatches } = scenario
  const limit = mostWatches === undefined ? {} : { mostWatches }
  const subjectOf = {
    here: () => agentSubject(options),
    apart: () => processSubject({ options, ...limit }),
    command: () => commandSubject(options),
  }
  const subjects = scenario.agents.map((where) => subjectOf[where]())
  try {
    return await play({ steps, root, outside, subjects, fresh: freshSubject(options), ...bounds })
  } finally {
    await closeAll(subjects)
    // Whoever removes the tree must get into it.
    openUp(directory)
  }
}

async function closeAll(subjects: readonly Subject[]): Promise<void> {
  await Promise.all(subjects.map((subject) => subject.close()))
}
