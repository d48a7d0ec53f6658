import { setImmediate as nextTurn } from 'node:timers/promises'
import { decodeCount, EntryBatch } from './entry-batch.js'
import { blobPrefix, endOf, metadataPrefix, splitEntryKey } from './layout.js'
import type { LedgerStatement } from './ledger.js'
import type { EntryDatabase } from './level-database.js'
import { decodeMetadata } from './metadata.js'
import { addSums, noSums, type Sums } from './sums.js'
import type { Verification } from './verification.js'

const stepLength = 500

/** A difference found while others write is put right without them; seldom they leave a new one, to be found next. */
const mostRounds = 3

type Snapshot = ReturnType<EntryDatabase['snapshot']>

/** What there is at one moment, and what was said about it. */
interface Census {
  readonly statement: LedgerStatement
  readonly counted: ReadonlyMap<string, Readonly<Sums>>
  readonly blobUses: ReadonlyMap<string, number>
}

/**
 * Counts entries, bytes and uses of blobs at one moment and corrects what the ledger and the blob counts said of it.
 * The difference stays the same whatever is written meanwhile, so nobody has to wait. Call it after the entries were
 * checked. Takes some hundred bytes of memory for each blob.
 */
export async function verifyTotals(verification: Verification): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) if (await isRight(verification)) return
}

async function isRight(verification: Verification): Promise<boolean> {
  const { parts, findings } = verification
  const { database, ledger, blobs } = parts
  const { snapshot, statement } = await verification.alone(async () => ({
    snapshot: database.snapshot(),
    statement: ledger.statement(),
  }))
  try {
    const census = await count(verification, snapshot, statement)
    const excess = ledgerExcess(census)
    const blobExcess = await excessOfBlobs(verification, snapshot, census)
    if (excess.size === 0 && blobExcess.size === 0 && !ledger.isSuspect) return true
    return await verification.alone(async () => {
      if (!ledger.correct(statement, excess)) return false
      const batch = new EntryBatch(database, ledger)
      for (const [name, difference] of blobExcess) batch.adjustBlobUses(name, -difference)
      ledger.trust()
      for (const name of await batch.write()) blobs.collect(name)
      for (const { entries, bytes } of excess.values()) {
        findings.ledgerEntries += Math.abs(entries)
        findings.ledgerBytes += Math.abs(bytes)
      }
      findings.recountedBlobs += blobExcess.size
      return excess.size === 0 && blobExcess.size === 0
    })
  } finally {
    await snapshot.close()
  }
}

async function count(verification: Verification, snapshot: Snapshot, statement: LedgerStatement): Promise<Census> {
  const counted = new Map<string, Sums>([...statement.sums.keys()].map((id) => [id, noSums()]))
  const blobUses = new Map<string, number>()
  for await (const [key, value] of walk(verification, snapshot, metadataPrefix)) {
    const entry = key.slice(metadataPrefix.length)
    const metadata = decodeMetadata(entry, value)
    if (metadata === undefined) continue
    const { sizeBytes, blobName } = metadata
    const sums = counted.get(splitEntryKey(entry).namespaceId)
    const blobBytes = blobName === undefined ? 0 : sizeBytes
    if (sums !== undefined) addSums(sums, { entries: 1, bytes: sizeBytes, blobBytes }, 1)
    if (blobName !== undefined) blobUses.set(blobName, (blobUses.get(blobName) ?? 0) + 1)
  }
  return { statement, counted, blobUses }
}

/** By how much the ledger says too much, for each namespace of which it does not say the truth. */
function ledgerExcess({ statement, counted }: Census): ReadonlyMap<string, Readonly<Sums>> {
  const excess = new Map<string, Sums>()
  for (const [id, stated] of statement.sums) {
    const sums = { entries: stated.entries, bytes: stated.bytes, blobBytes: stated.blobBytes }
    addSums(sums, counted.get(id) ?? noSums(), -1)
    if (sums.entries !== 0 || sums.bytes !== 0 || sums.blobBytes !== 0) excess.set(id, sums)
  }
  return excess
}

/** By how much the counts of blobs say too much; 0 for a count that cannot be read and should not be there. */
async function excessOfBlobs(
  verification: Verification,
  snapshot: Snapshot,
  { blobUses }: Census,
): Promise<ReadonlyMap<string, number>> {
  const excess = new Map([...blobUses].map(([name, uses]) => [name, -uses]))
  for await (const [key, value] of walk(verification, snapshot, blobPrefix)) {
    const name = key.slice(blobPrefix.length)
    const uses = blobUses.get(name) ?? 0
    const stated = decodeCount(value)
    if (stated === uses && stated > 0) excess.delete(name)
    else excess.set(name, stated - uses)
  }
  return excess
}

async function* walk(
  verification: Verification,
  snapshot: Snapshot,
  prefix: string,
): AsyncGenerator<readonly [string, Buffer]> {
  const range = { gte: prefix, lt: endOf(prefix), snapshot, fillCache: false }
  const iterator = verification.parts.database.iterator(range)
  try {
    for (;;) {
      verification.throwIfEnded()
      const found = await iterator.nextv(stepLength)
      if (found.length === 0) return
      yield* found
      await nextTurn()
    }
  } finally {
    await iterator.close()
  }
}
