import { findAvailableEngines } from '../store/available-engines.js'
import { makeEntries, makeTextEntries } from '../store/entries.js'
import { allVariants, textVariants, withEngines, type Variant } from '../store/opened-engines.js'
import { compareSets } from '../store/rows/crowded-sets.js'
import { compareDiskHits, compareMemoryHits } from '../store/rows/engine-hits.js'
import { compareEvictingSets } from '../store/rows/evicting-sets.js'
import { compareFollowerHits } from '../store/rows/follower-hits.js'
import { compareFourProcesses, sharedVariants } from '../store/rows/four-processes.js'
import { measureOpenings } from '../store/rows/many-openers.js'
import type { StoreSettings } from '../store/store-settings.js'
import { joinResults, type SuiteResult } from '../suite-result.js'

/** `PersistentCache` beside its peers: hits, sets, and several processes at once. */
export async function storeSuite(settings: StoreSettings): Promise<SuiteResult> {
  const names = allVariants.map(({ engine }) => engine)
  const { isAvailable, notes } = await findAvailableEngines(names, settings.mayBuild)
  const present = (variants: readonly Variant[]): readonly Variant[] =>
    variants.filter(({ engine }) => isAvailable(engine))
  const results: SuiteResult[] = [{ comparisons: [], notes: [...notes, ...explain(settings)] }]
  for (const size of sizes(settings)) results.push(await compareWithin(present(allVariants), { ...settings, ...size }))
  for (const size of textSizes(settings))
    results.push(await compareText(present(textVariants), { ...settings, ...size }))
  results.push(await compareEvictingSets(settings))
  results.push(await compareFollowerHits(settings))
  results.push(await compareFourProcesses(present(sharedVariants), settings))
  results.push(await measureOpenings(settings))
  return joinResults(results)
}

interface Size {
  readonly entryCount: number
  readonly valueBytes: number
  readonly sizeLabel: string
}

function sizes({ entries, largeEntries }: StoreSettings): readonly Size[] {
  return [
    { entryCount: entries, valueBytes: 1024, sizeLabel: '1 KiB' },
    { entryCount: entries, valueBytes: 16_384, sizeLabel: '16 KiB' },
    { entryCount: largeEntries, valueBytes: 262_144, sizeLabel: '256 KiB' },
  ]
}

function textSizes({ entries }: StoreSettings): readonly Size[] {
  return [
    { entryCount: entries, valueBytes: 1024, sizeLabel: '1 KiB of text' },
    { entryCount: entries, valueBytes: 16_384, sizeLabel: '16 KiB of text' },
  ]
}

/** Hits of values that compress, which both ours and bare LevelDB do. */
async function compareText(variants: readonly Variant[], settings: StoreSettings & Size): Promise<SuiteResult> {
  const entries = makeTextEntries(settings.entryCount, settings.valueBytes)
  return await withEngines(variants, entries, (engines, folder) =>
    compareDiskHits(engines, entries, { ...settings, folder }),
  )
}

/** All that is compared within one process, for values of one size. */
async function compareWithin(variants: readonly Variant[], settings: StoreSettings & Size): Promise<SuiteResult> {
  const entries = makeEntries(settings.entryCount, settings.valueBytes)
  return await withEngines(variants, entries, async (engines, folder) => {
    const results = [
      await compareMemoryHits(engines, entries, { ...settings, folder }),
      await compareDiskHits(engines, entries, { ...settings, folder }),
    ]
    if (settings.valueBytes !== 16_384) results.push(await compareSets(engines, entries, { ...settings, folder }))
    return joinResults(results)
  })
}

function explain({ entries, largeEntries }: StoreSettings): readonly string[] {
  return [
    `Values are random bytes but where text is named, which is source files of this workspace’s dependencies: ${entries} entries of 1 KiB and of 16 KiB, ${largeEntries} of 256 KiB (all of those would take 2.5 GB for each engine).`,
    'Candidates take turns within one run, warmed up. Of what is in flight, p99 is that of whole turns.',
    'flat-cache has no reads of its file: its hit on disk is loading the file, its set shares one save of the whole file among 64.',
    'Both SQLite engines use WAL and synchronous = NORMAL; lmdb, cacache and classic-level their defaults.',
  ]
}
