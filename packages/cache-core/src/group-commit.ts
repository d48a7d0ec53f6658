import type { Change } from './change.js'
import { addressPrefix, type EntryAddress } from './entry-address.js'
import { EntryBatch } from './entry-batch.js'
import { makeRoom } from './eviction.js'
import { stageChange } from './stage-change.js'
import type { StoreParts } from './store-parts.js'

/** What a group of changes came to. */
export interface CommitReport {
  /** One answer for each change, in their order. */
  readonly results: readonly boolean[]
  readonly evictions: number
  /** Why a blob could not be written, if one could not. */
  readonly blobFailure: unknown
}

/** Writes a group of changes as one atomic batch, in their order, and brings memory in step with it. */
export async function commitGroup(parts: StoreParts, group: readonly Change[]): Promise<CommitReport> {
  const { changes, blobFailure } = await withWrittenBlobs(group)
  const incomingBytes = changes.reduce((total, change) => total + (change.type === 'set' ? change.sizeBytes : 0), 0)
  const evictions = await makeRoom(parts, incomingBytes)
  const batch = new EntryBatch(parts.database, parts.ledger)
  const staged = changes.map((change) => stageChange(parts, batch, change))
  const unusedBlobs = await batch.write()
  for (const [index, change] of group.entries()) publish(parts, change, changes[index] === change)
  bumpGenerations(parts, group)
  releaseBlobs(parts, group, unusedBlobs)
  const results = staged.map((result, index) => result && changes[index] === group[index])
  return { results, evictions, blobFailure }
}

/** A set whose blob could not be written becomes a deletion: no older value may stay under its key. */
async function withWrittenBlobs(group: readonly Change[]) {
  let blobFailure: unknown
  const changes: Change[] = []
  for (const change of group) {
    const failure = change.type === 'set' && change.blob ? (await change.blob.outcome).failure : undefined
    blobFailure ??= failure
    if (failure === undefined || change.type !== 'set') changes.push(change)
    else changes.push({ ...nameOf(change), type: 'delete', value: undefined })
  }
  return { changes, blobFailure }
}

/** What is in memory follows what is on disk, unless a later write to the same entry is already waiting. */
function publish({ memory, pending, stamps }: StoreParts, change: Change, isStored: boolean): void {
  if (change.type === 'set') {
    if (!pending.settle(change.address, change)) return
    if (isStored) memory.set(change.address, change.value)
    else memory.delete(change.address)
  } else if (change.type === 'delete') {
    pending.settle(change.address, change)
    memory.delete(change.address)
    stamps.forget(change.address)
  } else if (change.type === 'discard') memory.delete(change.address)
  else if (change.type === 'clear') memory.clear(addressPrefix(change.namespace))
}

/**
 * Before anybody is told: what other processes keep of these entries ends here. Each change counts for itself: who set a
 * value keeps it when its counter went up by one, so a clear beside that set must count as well.
 */
function bumpGenerations({ generations }: StoreParts, group: readonly Change[]): void {
  generations.bump(
    group.flatMap((change) => (change.type === 'clear' || change.type === 'touch' ? [] : [change.address])),
  )
  for (const { type } of group) if (type === 'clear') generations.bumpAll()
}

function releaseBlobs({ blobs }: StoreParts, group: readonly Change[], unused: readonly string[]): void {
  for (const change of group) if (change.type === 'set' && change.blob) blobs.release(change.blob.name)
  for (const name of unused) blobs.collect(name)
}

function nameOf({ namespace, text, address }: EntryAddress): EntryAddress {
  return { namespace, text, address }
}
