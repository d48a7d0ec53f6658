/** How much of everything the comparison of stores does. */
export interface StoreSettings {
  /** Entries of 1 KiB and 16 KiB. */
  readonly entries: number
  /** Entries of 256 KiB, fewer: ten thousand of them would be 2.5 GB for each engine. */
  readonly largeEntries: number
  /** Turns of what is timed one by one. */
  readonly rounds: number
  /** Runs of a candidate in each of these turns. */
  readonly runsPerRound: number
  /** Turns of what is timed many at once. */
  readonly crowdedRounds: number
  /** Operations in each of these turns. */
  readonly crowd: number
  /** Turns in which four processes work at once, and the milliseconds of each. */
  readonly mixRounds: number
  readonly mixMs: number
  /** Processes that open one store at once, and how often they do. */
  readonly openers: number
  readonly openingRounds: number
  /** Whether missing native addons are built, which takes minutes once. */
  readonly mayBuild: boolean
}

/** What `npm run bench -- store` does. */
export const fullStore: StoreSettings = {
  entries: 10_000,
  largeEntries: 500,
  rounds: 40,
  runsPerRound: 100,
  crowdedRounds: 15,
  crowd: 1024,
  mixRounds: 8,
  mixMs: 500,
  openers: 20,
  openingRounds: 5,
  mayBuild: true,
}

/** What it does with `--quick`: enough to see whether it works, too little to compare. */
export const quickStore: StoreSettings = {
  ...fullStore,
  entries: 1000,
  largeEntries: 50,
  rounds: 20,
  crowdedRounds: 4,
  crowd: 256,
  mixRounds: 3,
  mixMs: 200,
  openingRounds: 2,
}

/** What it does with `--smoke`: a few turns of a few entries show that everything runs; the figures say nothing. */
export const smokeStore: StoreSettings = {
  entries: 60,
  largeEntries: 6,
  rounds: 3,
  runsPerRound: 4,
  crowdedRounds: 1,
  crowd: 64,
  mixRounds: 1,
  mixMs: 50,
  openers: 3,
  openingRounds: 1,
  mayBuild: false,
}
