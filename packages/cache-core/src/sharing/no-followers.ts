import type { Generations } from './generation-writer.js'

/** For a store that no other process can use. */
export const noFollowers: Generations = {
  epoch: 1,
  share: () => {},
  generationOf: () => ({ count: 0, epoch: 1 }),
  bump: () => {},
  bumpAll: () => {},
  publish: () => {},
  close: () => {},
}
