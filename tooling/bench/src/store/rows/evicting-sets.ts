import { goal } from '../../goal.js'
import { measureInTurns, timeInFlight } from '../../measure.js'
import { medianOf, ratio, type SuiteResult } from '../../suite-result.js'
import type { Engine } from '../engine.js'
import { makeEntries, type Entries } from '../entries.js'
import { withEngines } from '../opened-engines.js'
import type { StoreSettings } from '../store-settings.js'

const IN_FLIGHT = 64
const VALUE_BYTES = 1024
const WITHOUT_LIMIT = 'far from the size limit'
const AT_LIMIT = 'at the size limit'

/** Sets of new entries with and without the need to make room for each. */
export async function compareEvictingSets(settings: StoreSettings): Promise<SuiteResult> {
  const entries = makeEntries(settings.entries, VALUE_BYTES)
  const variants = [
    { label: WITHOUT_LIMIT, engine: 'cache-core', options: { sizeLimit: 2 ** 40 } },
    // Less than what it is filled with: evicting has begun when the measuring does.
    { label: AT_LIMIT, engine: 'cache-core', options: { sizeLimit: settings.entries * VALUE_BYTES } },
  ] as const
  return await withEngines(variants, entries, async (engines) => {
    const measurements = await measureInTurns(
      [...engines].map(([name, engine]) => ({
        name,
        sample: () => timeInFlight(newSets(engine, entries), settings.crowd, IN_FLIGHT),
      })),
      settings.crowdedRounds,
    )
    const comparison = { title: `Sets of new entries of 1 KiB, ${IN_FLIGHT} in flight`, measurements }
    const share = ratio(medianOf(comparison, WITHOUT_LIMIT), medianOf(comparison, AT_LIMIT))
    return {
      comparisons: [comparison],
      goals: [
        goal('set at the size limit (evicting)', '≥ 60 % of the rate without a limit', [
          { value: share, unit: '×', atLeast: 0.6 },
        ]),
      ],
    }
  })
}

let made = 0

function newSets(engine: Engine, entries: Entries): () => unknown {
  return () => engine.set(`new-${(made += 1)}`, entries.value())
}
