import type { ModelMessage } from 'ai'

/** A session as it is stored; another format version is no session. */
export interface SessionRecord {
  readonly version: 1
  readonly messages: readonly ModelMessage[]
  /** Milliseconds since the epoch. */
  readonly savedAt: number
}

/** What is stored in place of a session that was deleted: a turn that runs elsewhere must not bring it back. */
export interface DeletionMark {
  readonly version: 1
  /** Tells this deletion from others. */
  readonly deletion: string
}

/** Whether a stored value is the mark of a deletion. */
export function isDeletionMark(value: unknown): value is DeletionMark {
  if (typeof value !== 'object' || value === null || !('version' in value) || value.version !== 1) return false
  return 'deletion' in value && typeof value.deletion === 'string'
}

/** Whether a stored value is a session that this version can read. */
export function isSessionRecord(value: unknown): value is SessionRecord {
  if (typeof value !== 'object' || value === null || !('version' in value) || value.version !== 1) return false
  return 'messages' in value && Array.isArray(value.messages) && 'savedAt' in value && typeof value.savedAt === 'number'
}
