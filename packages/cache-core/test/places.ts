import { openCache } from './open-cache.js'
import { openLevelCache } from './open-level-cache.js'

/** Where a cache can be: what holds for one holds for the other. */
export const places = [
  ['in a directory', openCache],
  ['in a level', openLevelCache],
] as const
