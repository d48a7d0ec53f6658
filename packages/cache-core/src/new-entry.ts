import type { SetChange } from './change.js'
import type { Clock } from './clock.js'
import type { EntryAddress } from './entry-address.js'
import { metadataLength } from './metadata.js'
import { recordOverheadBytes } from './record.js'
import type { StoreParts } from './store-parts.js'
import { StoredValue, type EntryTimes } from './stored-value.js'
import type { EncodedValue } from './value-codec.js'

/** Later than this the nine digits of an expiry key do not reach (the year 5188): as good as never. */
const latestExpiry = 36 ** 9 - 1

/** A value that is to be stored. */
export interface NewEntry extends EntryAddress {
  readonly encoded: EncodedValue
  /** 0 means never. */
  readonly ttlSeconds: number
  /** Escaped. */
  readonly tags: readonly string[]
  /** SHA-256 in hexadecimal of a value that is in its file already. */
  readonly blobName?: string
  /** It is stored only while this lease holds; 0 or none: in any case. */
  readonly lease?: number
  /** When it was set and when it ends, if not from now on: it comes from a backup. */
  readonly times?: EntryTimes
}

/** The change that stores a value, its blob already being written; `undefined` when it is larger than the limit. */
export function newSetChange(parts: StoreParts, entry: NewEntry): SetChange | undefined {
  const { encoded, tags, namespace, text, address } = entry
  const isBlob = parts.blobs.takes(encoded.bytes.length)
  const sizeBytes = sizeOf(entry, isBlob)
  if (sizeBytes > parts.sizeLimit) return undefined
  const value = newStoredValue(parts.clock, entry)
  const { createdAt, expiresAt } = value
  const blob = isBlob ? parts.blobs.hold(encoded.bytes, entry.blobName) : undefined
  return { type: 'set', namespace, text, address, encoded, value, createdAt, expiresAt, tags, sizeBytes, blob }
}

/** What readers will find of a value that is being stored: nothing when it is larger than the limit. */
export function valueToCome(parts: StoreParts, entry: NewEntry): StoredValue | undefined {
  const isBlob = parts.blobs.takes(entry.encoded.bytes.length)
  return sizeOf(entry, isBlob) > parts.sizeLimit ? undefined : newStoredValue(parts.clock, entry)
}

/** A value as it is set now. */
export function newStoredValue(clock: Clock, { encoded, times, ttlSeconds }: NewEntry): StoredValue {
  return new StoredValue(encoded.kind, encoded.bytes, times ?? timesFrom(clock.now(), ttlSeconds))
}

function sizeOf({ text, encoded, tags }: NewEntry, isBlob: boolean): number {
  return Buffer.byteLength(text) + recordOverheadBytes + encoded.bytes.length + metadataLength(isBlob, tags)
}

function timesFrom(createdAt: number, ttlSeconds: number): EntryTimes {
  const end = createdAt + ttlSeconds * 1000
  return { createdAt, expiresAt: ttlSeconds === 0 || end > latestExpiry ? 0 : end }
}
