import { textHash } from '../text-hash.js'

/** Counters in the generation file; entries share them by the hash of their address. */
export const slotCount = 8192

/** Bytes of a counter: how often it was bumped u32, epoch of the owner u32. */
export const slotBytes = 8

/** Where the statistics begin in the generation file: length u32, CRC32 u32, JSON. */
export const statisticsOffset = slotCount * slotBytes

/** The counter of an entry: a hash of its address. Part of the protocol. */
export function slotOf(address: string): number {
  const hash = textHash(address)
  return (hash ^ (hash >>> 16)) & (slotCount - 1)
}

/** What the owner tells its followers about the store, in the generation file. */
export interface SharedStatistics {
  readonly entries: number
  readonly bytes: number
  readonly evictions: number
  /** Entries and bytes by namespace. */
  readonly namespaces: Readonly<Record<string, readonly [entries: number, bytes: number]>>
}
