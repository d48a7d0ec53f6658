import { isOldStamp } from './access-stamps.js'
import type { Change, ClearChange, DeleteChange, DiscardChange, SetChange, TouchChange } from './change.js'
import type { EntryAddress } from './entry-address.js'
import type { EntryBatch } from './entry-batch.js'
import { readEntry } from './entry-reader.js'
import { entryKey } from './layout.js'
import { encodeRecord } from './record.js'
import type { StoreParts } from './store-parts.js'
import { isLive } from './stored-value.js'

/** Adds a change to a batch; answers what its caller is told: for a deletion whether there was a live entry. */
export function stageChange(parts: StoreParts, batch: EntryBatch, change: Change): boolean {
  if (change.type === 'set') return stageSet(parts, batch, change)
  if (change.type === 'delete') return stageDelete(parts, batch, change)
  if (change.type === 'discard') return stageDiscard(parts, batch, change)
  if (change.type === 'touch') return stageTouch(parts, batch, change)
  return stageClear(parts, change)
}

function stageSet(parts: StoreParts, batch: EntryBatch, change: SetChange): boolean {
  const { ledger, clock } = parts
  const entry = entryKey(ledger.idFor(change.namespace), change.text)
  const { createdAt, expiresAt, encoded, sizeBytes, tags } = change
  const blobName = change.blob?.name
  const record = encodeRecord(entry, { kind: encoded.kind, createdAt, expiresAt, value: encoded.bytes, blobName })
  const stamp = ledger.nextStamp(clock.now())
  batch.put(entry, record, { sizeBytes, createdAt, expiresAt, stamp, blobName, tags })
  return true
}

function stageDelete(parts: StoreParts, batch: EntryBatch, change: DeleteChange): boolean {
  const entry = knownEntry(parts, change)
  if (entry === undefined) return false
  const metadata = batch.metadataOf(entry)
  batch.remove(entry, metadata)
  return metadata !== undefined && isLive(metadata, parts.clock.now())
}

function stageDiscard(parts: StoreParts, batch: EntryBatch, change: DiscardChange): boolean {
  const entry = knownEntry(parts, change)
  if (entry === undefined || batch.has(entry)) return false
  const { status } = readEntry(parts, entry)
  if (status === 'found' || status === 'unreadable') return false
  batch.remove(entry, batch.metadataOf(entry))
  return true
}

function stageTouch(parts: StoreParts, batch: EntryBatch, change: TouchChange): boolean {
  const { ledger, stamps } = parts
  const entry = knownEntry(parts, change)
  const metadata = entry === undefined ? undefined : batch.metadataOf(entry)
  if (entry === undefined || metadata === undefined) stamps.forget(change.address)
  else if (isOldStamp(metadata.stamp, change.usedAt)) {
    batch.restamp(entry, metadata, ledger.nextStamp(change.usedAt))
    stamps.written(change.address, change.usedAt)
  } else stamps.postpone(change.address)
  return true
}

function stageClear({ ledger }: StoreParts, change: ClearChange): boolean {
  const cleared = change.namespace === undefined ? ledger.namespaces() : [change.namespace]
  for (const namespace of cleared) ledger.discard(namespace)
  return true
}

function knownEntry({ ledger }: StoreParts, { namespace, text }: EntryAddress): string | undefined {
  const id = ledger.tally(namespace)?.id
  return id === undefined ? undefined : entryKey(id, text)
}
