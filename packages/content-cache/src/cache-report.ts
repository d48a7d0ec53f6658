/**
 * How an answer came about: `hit` was stored and proved current, `confirmed` was stored and its hash compared,
 * `repaired` was stored and brought up to date in part, `miss` was read, `bypass` was read because nothing is stored.
 */
export type Outcome = 'hit' | 'miss' | 'confirmed' | 'repaired' | 'bypass'

/** Where an answer came from and what proved that it is current. */
export interface CacheReport {
  readonly outcome: Outcome
  /** The tier that held the stored part, `null` when nothing stored was used. */
  readonly tier: 'memory' | 'disk' | null
  readonly verifiedBy: 'stat' | 'hash' | 'scan' | 'watch' | 'read' | null
  /** Seconds since the used entry was stored, `null` when nothing stored was used. */
  readonly ageSeconds: number | null
}
