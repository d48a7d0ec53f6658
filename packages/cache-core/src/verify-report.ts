/** What `verify()` looked at, and what it had to put right; all zero but for `checkedEntries` when nothing was wrong. */
export interface VerifyReport {
  /** Entries whose record, metadata, blob and index keys were checked. */
  readonly checkedEntries: number
  /** Entries removed because record, metadata or blob did not check out, or because no namespace leads to them. */
  readonly removedEntries: number
  /** Those of the removed entries whose blob was missing or had another content. */
  readonly missingBlobs: number
  /** Keys of entries that were missing in the order of use, the order of expiry or under a tag. */
  readonly addedIndexKeys: number
  /** Keys that led nowhere: of an index, of a value without metadata, of nothing that this version knows. */
  readonly removedKeys: number
  /** By how many entries and bytes the ledger was wrong, over all namespaces. */
  readonly ledgerEntries: number
  readonly ledgerBytes: number
  /** Blobs of which the number of uses was wrong. */
  readonly recountedBlobs: number
  /** Files removed because no entry uses them; those younger than 15 minutes may be about to be used. */
  readonly removedBlobs: number
  readonly durationMs: number
}

/** A report that is being made. */
export type Findings = { -readonly [Key in keyof VerifyReport]: VerifyReport[Key] }

/** A report of nothing yet. */
export function noFindings(): Findings {
  return {
    checkedEntries: 0,
    removedEntries: 0,
    missingBlobs: 0,
    addedIndexKeys: 0,
    removedKeys: 0,
    ledgerEntries: 0,
    ledgerBytes: 0,
    recountedBlobs: 0,
    removedBlobs: 0,
    durationMs: 0,
  }
}
