import { blobFolders, sweepBlobFolder } from './blob-sweep.js'
import { purgeCleared } from './garbage-purge.js'
import type { Verification } from './verification.js'
import { verifyEntries } from './verify-entries.js'
import { verifyKeys } from './verify-keys.js'
import { verifyTotals } from './verify-totals.js'

/** Checks everything that is stored against everything else and puts it right, in steps between which others write. */
export async function verifyStore(verification: Verification): Promise<void> {
  await purgeAll(verification)
  await verifyEntries(verification)
  await verifyKeys(verification)
  await verifyTotals(verification)
  if (verification.readsValues) await sweepBlobs(verification)
}

/** What only waits to be removed need not be checked. */
async function purgeAll(verification: Verification): Promise<void> {
  const { parts } = verification
  for (const namespaceId of parts.ledger.garbage()) {
    let isDone = false
    while (!isDone) {
      verification.throwIfEnded()
      isDone = await verification.alone(() => purgeCleared(parts, namespaceId))
    }
  }
}

async function sweepBlobs(verification: Verification): Promise<void> {
  const { files, clock } = verification.parts
  if (files === undefined) return
  const { blobs } = files
  for (const folder of await blobFolders(blobs)) {
    verification.throwIfEnded()
    verification.findings.removedBlobs += await sweepBlobFolder(blobs, folder, clock)
  }
}
