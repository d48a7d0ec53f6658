import { addressPrefix } from './entry-address.js'
import { EntryBatch } from './entry-batch.js'
import { inspectEntry } from './inspect-entry.js'
import { metadataPrefix, splitEntryKey } from './layout.js'
import type { StoreParts } from './store-parts.js'
import type { Verification } from './verification.js'
import { walkSublevel } from './walk-keys.js'

/** Checks each entry that has metadata: removes what does not check out, lists again what the indexes have lost. */
export async function verifyEntries(verification: Verification): Promise<void> {
  const { parts, findings, readsValues } = verification
  for await (const { keys } of walkSublevel(parts.database, metadataPrefix)) {
    verification.throwIfEnded()
    const suspects: string[] = []
    for (const key of keys) {
      const entry = key.slice(metadataPrefix.length)
      const { status } = await inspectEntry(parts, entry, readsValues)
      if (status !== 'absent') findings.checkedEntries += 1
      if (status === 'damaged' || status === 'unlisted') suspects.push(entry)
    }
    if (suspects.length > 0) await verification.alone(() => repair(verification, suspects))
  }
}

async function repair({ parts, findings, readsValues }: Verification, suspects: readonly string[]): Promise<void> {
  const { database, ledger, blobs, memory, generations } = parts
  const batch = new EntryBatch(database, ledger)
  const removed: string[] = []
  for (const entry of suspects) {
    const state = await inspectEntry(parts, entry, readsValues)
    if (state.status === 'unlisted') {
      for (const key of state.keys) batch.addKey(key)
      findings.addedIndexKeys += state.keys.length
    } else if (state.status === 'damaged') {
      batch.remove(entry, batch.metadataOf(entry))
      removed.push(...addressOf(parts, entry))
      findings.removedEntries += 1
      if (state.lacksBlob) findings.missingBlobs += 1
    }
  }
  for (const name of await batch.write()) blobs.collect(name)
  for (const address of removed) memory.delete(address)
  generations.bump(removed)
}

/** Where readers may have it; nowhere when no namespace leads to it. */
function addressOf({ ledger }: StoreParts, entry: string): readonly string[] {
  const { namespaceId, text } = splitEntryKey(entry)
  const namespace = ledger.nameOf(namespaceId)
  return namespace === undefined ? [] : [addressPrefix(namespace) + text]
}
