/** What `backup()` wrote. */
export interface BackupReport {
  readonly entries: number
  /** Bytes of the file. */
  readonly bytes: number
  /** Entries left out because they did not check out or had expired. */
  readonly skipped: number
  readonly durationMs: number
}

/** What `restore()` did. */
export interface RestoreReport {
  /** Entries that are in the cache again. */
  readonly entries: number
  /** Entries left out because they have expired since. */
  readonly expired: number
  /** Entries left out, the least recently used ones, because of the size limit. */
  readonly leftOut: number
  readonly durationMs: number
}
