import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { createAgent, createPlanner, type Agent } from '@fsagent/agent'
import { comparedCaches } from '@fsagent/examples/compared-caches'
import { summarise } from '../measure.js'
import { sampleRoot } from '../sample-root.js'
import type { Comparison } from '../suite-result.js'

/** Times of one call in each way to cache, in microseconds; several when it takes several. */
type TimedCall = (agent: Agent) => Promise<Readonly<Record<string, number>>>

/** How a call is timed. */
export interface CallSettings {
  readonly title: string
  readonly call: TimedCall
  readonly coldRounds: number
  readonly warmRounds: number
  /** Where caches may be made. */
  readonly folder: string
}

/**
 * Times the first call of new agents and calls again of one that stays, for each cache in turns, so that a noisy moment
 * of the machine hits all of them. Gives one comparison for each time that the call takes, cold and warm.
 */
export async function timeCaches(settings: CallSettings): Promise<Comparison[]> {
  const agents = new Map<string, Agent>()
  try {
    for (const cache of Object.keys(comparedCaches)) agents.set(cache, await openCached(cache, settings.folder))
    // Before the first times are taken, because a process also loads its modules with its first call.
    for (const agent of agents.values()) await settings.call(agent)
    const cold = await timeCold(settings)
    const warm = new Times()
    for (let round = 0; round < settings.warmRounds; round += 1) {
      for (const [cache, agent] of agents) warm.add(cache, await settings.call(agent))
    }
    return [...cold.comparisons(`${settings.title}, cold`), ...warm.comparisons(`${settings.title}, warm`)]
  } finally {
    for (const agent of agents.values()) await agent.close()
  }
}

async function timeCold({ call, coldRounds, folder }: CallSettings): Promise<Times> {
  const times = new Times()
  for (let round = 0; round < coldRounds; round += 1) {
    for (const cache of Object.keys(comparedCaches)) {
      await using agent = await openCached(cache, folder)
      times.add(cache, await call(agent))
    }
  }
  return times
}

async function openCached(cache: string, folder: string): Promise<Agent> {
  const cacheDirectory = mkdtempSync(join(folder, 'cache-'))
  const options = { dataRoot: sampleRoot, cacheDirectory, longLived: true, model: createPlanner() }
  return createAgent({ ...options, ...comparedCaches[cache] })
}

/** What was measured, by the name of the time and of the cache. */
class Times {
  readonly #values = new Map<string, Map<string, number[]>>()

  add(cache: string, times: Readonly<Record<string, number>>): void {
    for (const [what, value] of Object.entries(times)) {
      const byCache = this.#values.get(what) ?? new Map<string, number[]>()
      this.#values.set(what, byCache)
      byCache.set(cache, [...(byCache.get(cache) ?? []), value])
    }
  }

  comparisons(title: string): Comparison[] {
    return [...this.#values].map(([what, byCache]) => ({
      title: `${title}: ${what}`,
      measurements: [...byCache].map(([cache, values]) => summarise(cache, values)),
    }))
  }
}
