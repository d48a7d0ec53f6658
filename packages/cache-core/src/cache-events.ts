import type { CacheRole } from './cache-statistics.js'
import type { CacheWarning } from './cache-warning.js'

/** What an event about an entry says. */
export interface EntryEvent {
  /** Empty for the cache itself. */
  readonly namespace: string
  readonly key: string
}

/** A get found a value. */
export interface HitEvent extends EntryEvent {
  readonly tier: 'memory' | 'disk'
  /** Seconds since the entry was set. */
  readonly ageSeconds: number
}

/** Entries were removed to stay below the size limit. */
export interface EvictEvent {
  /** Entries, of all namespaces together. */
  readonly count: number
}

/** The cache answers from a store again. */
export interface RecoveredEvent {
  readonly role: CacheRole
}

/** Another process, or this one, owns the directory now. */
export interface OwnerChangedEvent {
  /** What this process is now. */
  readonly role: CacheRole
  /** One more with each new owner of the directory. */
  readonly epoch: number
}

/** The events of a `PersistentCache`, each with one argument. */
export interface CacheEvents {
  hit: [event: HitEvent]
  /** A get found nothing. */
  miss: [event: EntryEvent]
  /** A get found nothing that had not expired; a `miss` follows. */
  stale: [event: EntryEvent]
  evict: [event: EvictEvent]
  /** The cache goes on without a store: every get is a miss and every set answers `false`. */
  degraded: [event: CacheWarning]
  recovered: [event: RecoveredEvent]
  'owner-changed': [event: OwnerChangedEvent]
}

/** A listener of one of the events. */
export type CacheListener<Name> = Name extends keyof CacheEvents ? (...event: CacheEvents[Name]) => void : never

/**
 * The events of every get that somebody ever listened to. Read as a property before each: asking the emitter for the
 * number of its listeners would make a hit in memory slower.
 */
export type HeardEvents = { [Name in 'hit' | 'miss' | 'stale']?: true }
