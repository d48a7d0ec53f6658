/** How much of everything the comparison of searches does. */
export interface SearchSettings {
  /** Files in each of the made trees; the last one is what the targets are about. */
  readonly trees: readonly number[]
  /** Turns of everything. */
  readonly rounds: number
  /** How often a turn asks what is answered in microseconds. */
  readonly hitsPerRound: number
  /** Turns of what starts a process of Node. */
  readonly starts: number
  /** Whether the tree of installed packages is searched, too. */
  readonly hasRealTree: boolean
}

/** What `npm run bench -- search` does. */
export const fullSearch: SearchSettings = {
  trees: [1000, 10_000, 100_000],
  rounds: 7,
  hitsPerRound: 50,
  starts: 5,
  hasRealTree: true,
}

/** What it does with `--quick`. */
export const quickSearch: SearchSettings = { ...fullSearch, trees: [1000, 10_000], rounds: 5, starts: 3 }

/** What it does with `--smoke`: shows that everything runs; the figures say nothing. */
export const smokeSearch: SearchSettings = {
  trees: [200],
  rounds: 1,
  hitsPerRound: 2,
  starts: 1,
  hasRealTree: false,
}
