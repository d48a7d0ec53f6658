import { crc32 } from 'node:zlib'
import { backupStart, encodeChecksum, encodeHead, encodeTotals } from './backup-format.js'
import { BackupOutput } from './backup-output.js'
import type { BackupReport } from './backup-reports.js'
import { backupTarget } from './backup-target.js'
import { readMoment, takeMoment, type StoreMoment } from './store-moment.js'
import type { JobContext } from './store-jobs.js'

/**
 * Writes all entries as they are when this is called to a file, while others go on. Memory does not grow with their
 * number: it holds some of them and one blob.
 *
 * @throws CacheError `CACHE_BACKUP_TARGET_INVALID` or `CACHE_BACKUP_FAILED`, and the signal's reason
 */
export async function backupStore({ store, file, signal, alone }: JobContext): Promise<BackupReport> {
  const { clock, files, blobs } = store.parts
  const start = clock.monotonic()
  // From before the moment: what goes after it is still to be copied.
  const release = blobs.keepAll()
  void store.maintenance.writeStamps()
  let moment: StoreMoment | undefined
  try {
    moment = await alone(async () => takeMoment(store.parts))
    const output = await BackupOutput.create(await backupTarget(file, files?.directory))
    const counts = await writeBackup(moment, output, signal)
    return { ...counts, bytes: output.bytes, durationMs: Math.round(clock.monotonic() - start) }
  } finally {
    await moment?.snapshot.close()
    release()
  }
}

async function writeBackup(moment: StoreMoment, output: BackupOutput, signal: AbortSignal) {
  try {
    const counts = await writeEntries(moment, output, signal)
    await output.finish()
    return counts
  } catch (error) {
    await output.discard()
    throw error
  }
}

async function writeEntries(moment: StoreMoment, output: BackupOutput, signal: AbortSignal) {
  let [entries, skipped, sizeBytes, checksum] = [0, 0, 0, 0]
  await output.add(backupStart())
  for await (const found of readMoment(moment)) {
    signal.throwIfAborted()
    if (found === undefined) {
      skipped += 1
      continue
    }
    const frame = encodeHead(found.head, entries)
    const ending = encodeChecksum(crc32(found.value, crc32(frame)))
    await output.add(frame, found.value, ending)
    entries += 1
    sizeBytes += found.head.sizeBytes
    checksum = crc32(ending, checksum)
  }
  const end = encodeTotals({ entries, sizeBytes, checksum })
  await output.add(end, encodeChecksum(crc32(end)))
  signal.throwIfAborted()
  return { entries, skipped }
}
