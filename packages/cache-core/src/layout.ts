/*
 * Keys of the database. They are those of abstract-level sublevels ("!name!key"), written out: a batch in which each
 * operation names its sublevel costs more than the operation, and reads are equally fast either way.
 *
 *   !v!ENTRY         record of the value             !a!STAMP ENTRY    order of use
 *   !m!ENTRY         metadata                        !e!EXPIRY ENTRY   order of expiry
 *   !t!ID:TAG KEY    entries of a tag                !b!SHA-256        how many entries use a blob
 *   !s!ledger        totals                          !s!n:ID, !s!g:ID  namespaces in use; cleared ones to be purged
 *
 * ENTRY is "ID:KEY", ID a number given to a namespace. Clearing a namespace gives it a new number, at once and in one
 * batch however many entries it has; what has the old number is out of reach and is removed in steps.
 */
export const databaseFolder = 'db-v1'
export const electionFolder = 'election'
export const blobFolder = 'blobs'
export const damagedPrefix = 'damaged-'
export const ownerFile = 'owner.json'
export const generationFile = 'generations'
export const witnessFile = 'written'

export const valuePrefix = '!v!'
export const metadataPrefix = '!m!'
export const accessPrefix = '!a!'
export const expiryPrefix = '!e!'
export const tagPrefix = '!t!'
export const blobPrefix = '!b!'
export const ledgerKey = '!s!ledger'
export const namespacePrefix = '!s!n:'
export const garbagePrefix = '!s!g:'

/** Every prefix under which the number of keys grows with the number of entries. */
export const growingPrefixes = [valuePrefix, metadataPrefix, accessPrefix, expiryPrefix, tagPrefix, blobPrefix]

const stampDigits = 11
const timeDigits = 9

/** Key of an entry within each sublevel. */
export function entryKey(namespaceId: string, text: string): string {
  return `${namespaceId}:${text}`
}

/** The namespace's number and the key of an entry. */
export function splitEntryKey(entry: string): { readonly namespaceId: string; readonly text: string } {
  const colon = entry.indexOf(':')
  return { namespaceId: entry.slice(0, colon), text: entry.slice(colon + 1) }
}

/** Key in the order of use; `stamp` is in microseconds. */
export function accessKey(stamp: number, entry: string): string {
  return accessPrefix + stamp.toString(36).padStart(stampDigits, '0') + entry
}

/** The parts of an {@link accessKey}. */
export function splitAccessKey(key: string): { readonly stamp: number; readonly entry: string } {
  const start = accessPrefix.length
  return {
    stamp: Number.parseInt(key.slice(start, start + stampDigits), 36),
    entry: key.slice(start + stampDigits),
  }
}

/** Key in the order of expiry; `expiresAt` is in milliseconds. */
export function expiryKey(expiresAt: number, entry: string): string {
  return expiryBound(expiresAt) + entry
}

/** Less than every expiry key of this time or later. */
export function expiryBound(time: number): string {
  return expiryPrefix + Math.max(0, Math.ceil(time)).toString(36).padStart(timeDigits, '0')
}

/** The parts of an {@link expiryKey}. */
export function splitExpiryKey(key: string): { readonly expiresAt: number; readonly entry: string } {
  const start = expiryPrefix.length
  return { expiresAt: Number.parseInt(key.slice(start, start + timeDigits), 36), entry: key.slice(start + timeDigits) }
}

/** What the keys of all entries with a tag begin with; the length keeps "a" + "bc" apart from "ab" + "c". */
export function tagRange(namespaceId: string, tag: string): string {
  return `${tagPrefix}${namespaceId}:${tag.length}:${tag}`
}

/** The entry that a key of the tag index belongs to; nonsense for a key that is damaged. */
export function splitTagKey(key: string): { readonly entry: string } {
  const [namespaceId = '', length = ''] = key.slice(tagPrefix.length).split(':', 2)
  const tagStart = tagPrefix.length + namespaceId.length + length.length + 2
  return { entry: entryKey(namespaceId, key.slice(tagStart + Number(length))) }
}

/** Greater than every key of a sublevel. */
export function endOf(prefix: string): string {
  return `${prefix.slice(0, -1)}"`
}
