import type { StoreParts } from './store-parts.js'
import type { Findings } from './verify-report.js'

/** A check of the whole store while it is under way. */
export interface Verification {
  readonly parts: StoreParts
  readonly findings: Findings
  /** Whether records and blobs are read, or only metadata and indexes. */
  readonly readsValues: boolean
  /** Lets a step run with no write under way; what looked wrong before is looked at again there. */
  alone<T>(step: () => Promise<T>): Promise<T>
  /** Throws when the check is to end early. */
  throwIfEnded(): void
}
