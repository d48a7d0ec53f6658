import { EntryBatch } from './entry-batch.js'
import { readMetadata } from './inspect-entry.js'
import {
  accessKey,
  accessPrefix,
  blobPrefix,
  endOf,
  expiryKey,
  expiryPrefix,
  garbagePrefix,
  growingPrefixes,
  ledgerKey,
  metadataPrefix,
  namespacePrefix,
  splitAccessKey,
  splitEntryKey,
  splitExpiryKey,
  splitTagKey,
  tagPrefix,
  tagRange,
  valuePrefix,
} from './layout.js'
import type { Metadata } from './metadata.js'
import type { StoreParts } from './store-parts.js'
import type { Verification } from './verification.js'
import { walkKeys, walkSublevel, type WalkedKeys } from './walk-keys.js'

/** A sublevel whose keys each belong to an entry. */
interface Sublevel {
  readonly prefix: string
  /** The entry that a key belongs to. */
  readonly entryOf: (key: string) => string
  /** Whether the metadata of that entry call for the key. */
  readonly isMeant: (key: string, entry: string, metadata: Metadata) => boolean
}

const values: Sublevel = {
  prefix: valuePrefix,
  entryOf: (key) => key.slice(valuePrefix.length),
  isMeant: () => true,
}

const indexes: readonly Sublevel[] = [
  {
    prefix: accessPrefix,
    entryOf: (key) => splitAccessKey(key).entry,
    isMeant: (key, entry, { stamp }) => accessKey(stamp, entry) === key,
  },
  {
    prefix: expiryPrefix,
    entryOf: (key) => splitExpiryKey(key).entry,
    isMeant: (key, entry, { expiresAt }) => expiresAt !== 0 && expiryKey(expiresAt, entry) === key,
  },
  {
    prefix: tagPrefix,
    entryOf: (key) => splitTagKey(key).entry,
    isMeant: (key, entry, { tags }) => {
      const { namespaceId, text } = splitEntryKey(entry)
      return tags.some((tag) => tagRange(namespaceId, tag) + text === key)
    },
  },
]

/** Removes the keys that belong to no entry; call it after the entries were checked. */
export async function verifyKeys(verification: Verification): Promise<void> {
  const { parts, readsValues } = verification
  for (const sublevel of readsValues ? [values, ...indexes] : indexes)
    for await (const walked of walkSublevel(parts.database, sublevel.prefix)) {
      verification.throwIfEnded()
      const suspects = walked.keys.filter((key) => isAstray(parts, sublevel, key))
      if (suspects.length > 0) await verification.alone(() => removeAstray(verification, sublevel, suspects))
      await removeForeign(verification, { keys: [], illegible: walked.illegible })
    }
  for (const prefix of [metadataPrefix, blobPrefix])
    for await (const { illegible } of walkSublevel(parts.database, prefix))
      await removeForeign(verification, { keys: [], illegible })
  for (const range of rangesBetween())
    for await (const walked of walkKeys(parts.database, range))
      await removeForeign(verification, { ...walked, keys: walked.keys.filter((key) => !isSetting(key)) })
}

function isAstray(parts: StoreParts, { entryOf, isMeant }: Sublevel, key: string): boolean {
  const entry = entryOf(key)
  if (parts.ledger.isGarbage(splitEntryKey(entry).namespaceId)) return false
  const metadata = readMetadata(parts, entry)
  return metadata === undefined || !isMeant(key, entry, metadata)
}

async function removeAstray(
  { parts, findings }: Verification,
  sublevel: Sublevel,
  suspects: readonly string[],
): Promise<void> {
  const { database, ledger } = parts
  const batch = new EntryBatch(database, ledger)
  for (const key of suspects) {
    // Removed or moved since the walk began.
    if (database.getSync(key) === undefined || !isAstray(parts, sublevel, key)) continue
    batch.removeKey(key)
    findings.removedKeys += 1
  }
  await batch.write()
}

/** Nothing else ever touches these keys. */
async function removeForeign({ parts, findings }: Verification, { keys, illegible }: WalkedKeys): Promise<void> {
  const all = [...keys.map((text) => Buffer.from(text)), ...illegible]
  if (all.length === 0) return
  await parts.database.batch(
    all.map((key) => ({ type: 'del', key })),
    { keyEncoding: 'buffer' },
  )
  findings.removedKeys += all.length
}

/** What is not in a sublevel that grows with the entries. */
function rangesBetween(): readonly { readonly gte?: Buffer; readonly lt?: Buffer }[] {
  const prefixes = [...growingPrefixes].sort()
  const between = prefixes.map((prefix, index) => {
    const before = prefixes[index - 1]
    return { lt: Buffer.from(prefix), ...(before === undefined ? {} : { gte: Buffer.from(endOf(before)) }) }
  })
  return [...between, { gte: Buffer.from(endOf(prefixes.at(-1) ?? '')) }]
}

function isSetting(key: string): boolean {
  return key === ledgerKey || key.startsWith(namespacePrefix) || key.startsWith(garbagePrefix)
}
