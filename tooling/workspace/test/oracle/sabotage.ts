import { join } from 'node:path'
import { drawPlan, type MountKind, play, type PlayOptions, type PlayReport, type Step } from '@fsagent/testing'
import { drawSearch, freshSearch, searchSubject, type SearchSettings } from './search-subject.js'

/** A rule of the index, where it matters, and steps that need it. */
export interface Sabotage {
  readonly rule:
    | 'distrustBulk'
    | 'watchBeforeListing'
    | 'renewDirectories'
    | 'checkLinked'
    | 'checkBriefNames'
    | 'distrustFreshLists'
  readonly place: MountKind | 'temporary'
  readonly freshness?: 'scan'
  readonly steps: (seed: number) => readonly Step[]
}

const everywhere = { tool: 'grep', arguments: { path: '', pattern: 'needle' } } as const
const ask: Step = { type: 'ask', queries: [everywhere], together: false }

const names = { tool: 'find', arguments: { path: '', pattern: '*' } } as const
const askNames: Step = { type: 'ask', queries: [names], together: false }

const replacing = ['recreateTree', 'removeTree', 'create', 'renameDirectory', 'moveDirectoryOut', 'moveDirectoryIn']

/** Each soundness rule that can be switched off, with what goes wrong without it. */
export const sabotages: readonly Sabotage[] = [
  {
    rule: 'distrustBulk',
    place: 'temporary',
    steps: (seed) =>
      repeat(6, (round) => [
        operate('refill', seed + round),
        { type: 'pause' },
        ask,
        operate('touchTwentyThousandTimes', seed + round),
        ask,
        { type: 'pause' },
        ask,
      ]),
  },
  {
    rule: 'watchBeforeListing',
    place: 'temporary',
    steps: (seed) =>
      repeat(2, (round) => [
        operate('makeLargeDirectory', seed + round),
        { type: 'disturb', query: everywhere, name: 'addToLargeDirectory', seed: 1000 * (seed + round), times: 400 },
        ask,
      ]),
  },
  {
    // This file system gives the inode number of a removed directory to the next one.
    rule: 'renewDirectories',
    place: 'ext4-256',
    steps: (seed) => drawPlan({ seed, operations: 120, subjects: 1, only: replacing, drawQuery: drawSearch }),
  },
  {
    rule: 'checkLinked',
    place: 'temporary',
    steps: (seed) =>
      repeat(12, (round) => [
        ...Array.from({ length: 8 }, (_, index) => operate('create', seed + 100 * round + index)),
        operate('hardLinkFromOutside', seed + round),
        // Only what has a second name before it is indexed is sure to be looked at.
        { type: 'restart', subject: 0 },
        { type: 'pause' },
        ask,
        operate('writeThroughOutsideName', seed + round),
        ask,
      ]),
  },
  {
    rule: 'checkBriefNames',
    place: 'temporary',
    steps: (seed) => repeat(8, (round) => writeBetweenAsking('writeThroughBriefName', { seed, round, times: 6 })),
  },
  {
    rule: 'checkBriefNames',
    place: 'temporary',
    steps: (seed) => repeat(6, (round) => writeBetweenAsking('writeUnderFormerName', { seed, round, times: 3 })),
  },
  {
    // This file system has whole seconds: what comes within one leaves no trace on the directory.
    rule: 'distrustFreshLists',
    place: 'ext4-128',
    freshness: 'scan',
    steps: (seed) =>
      repeat(6, (round) => [
        operate('create', seed + 10 * round),
        askNames,
        { type: 'restart', subject: 0 },
        ...Array.from({ length: 5 }, (_, index) => operate('create', seed + 10 * round + 1 + index)),
        askNames,
      ]),
  },
]

interface Writes {
  readonly seed: number
  readonly round: number
  readonly times: number
}

/** Files that are indexed, and written in some way before the next question. */
function writeBetweenAsking(operation: string, { seed, round, times }: Writes): readonly Step[] {
  return [
    operate('refill', seed + round),
    { type: 'pause' },
    ask,
    ...Array.from({ length: times }, (_, index) => operate(operation, seed + 100 * round + index)),
    ask,
  ]
}

/** Files that are indexed, get a second name outside the root, and are written through it. */
export function unseenWrites(seed: number): readonly Step[] {
  return repeat(10, (round) => [
    operate('refill', seed + round),
    { type: 'pause' },
    ask,
    operate('hardLinkFromOutside', seed + round),
    operate('writeThroughOutsideName', seed + round),
    ask,
  ])
}

/** What a search is played with. */
export interface SearchRun {
  readonly directory: string
  readonly steps: readonly Step[]
  readonly settings: Pick<SearchSettings, 'internals' | 'clock' | 'freshness'>
  readonly exception?: PlayOptions['exception']
}

/** Plays steps with the search cache over an index, until the first difference. */
export async function playSearch({ directory, steps, settings, exception }: SearchRun): Promise<PlayReport> {
  const [root, outside] = [join(directory, 'root'), join(directory, 'outside')]
  const subject = searchSubject({ root, cacheDirectory: join(directory, 'cache'), ...settings })
  const bounds = { mostDifferences: 1, ...(exception && { exception }) }
  try {
    return await play({ steps, root, outside, subjects: [subject], fresh: freshSearch(root), ...bounds })
  } finally {
    await subject.close()
  }
}

function operate(name: string, seed: number): Step {
  return { type: 'operate', name, seed }
}

function repeat(times: number, round: (index: number) => readonly Step[]): readonly Step[] {
  return [ask, ...Array.from({ length: times }, (_, index) => round(index)).flat()]
}
