import type { CacheReport } from '@fsagent/content-cache'

/** The less a cache helped, the later: an answer from several reads is as good as its worst one. */
const outcomes: readonly CacheReport['outcome'][] = ['hit', 'confirmed', 'repaired', 'miss', 'bypass']
const none: CacheReport = { outcome: 'bypass', tier: null, verifiedBy: null, ageSeconds: null }

/** Gives one report for an answer that was made from several. */
export function combinedReport(reports: readonly CacheReport[]): CacheReport {
  const ranked = [...reports].sort((left, right) => outcomes.indexOf(right.outcome) - outcomes.indexOf(left.outcome))
  return ranked[0] ?? none
}
