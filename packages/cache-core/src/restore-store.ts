import type { BackupHead } from './backup-format.js'
import { BackupInput } from './backup-input.js'
import type { RestoreReport } from './backup-reports.js'
import { addressPrefix } from './entry-address.js'
import { EndedError } from './run-alone.js'
import type { Store } from './store.js'
import type { JobContext } from './store-jobs.js'
import { isLive } from './stored-value.js'

/** What is handed to the store at a time: so many entries, or so many bytes of them. */
const stepLength = 256
const stepBytes = 4_194_304

/** Which entries of a backup are wanted. */
interface Selection {
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Bytes that the least recently used entries take which do not fit below the size limit. */
  surplusBytes: number
}

/**
 * Replaces all entries by those of a backup, which is read and checked as a whole first. Memory does not grow with
 * their number: it holds some of them and one blob.
 *
 * @throws CacheError `CACHE_BACKUP_UNREADABLE`, `CACHE_BACKUP_INVALID` or `CACHE_UNAVAILABLE`, and the signal's reason
 */
export async function restoreStore({ store, file, signal }: JobContext): Promise<RestoreReport> {
  const { clock, sizeLimit } = store.parts
  const start = clock.monotonic()
  await using input = await BackupInput.open(file)
  const now = clock.now()
  let liveBytes = 0
  for await (const { head } of input.entries(() => false)) {
    signal.throwIfAborted()
    if (isLive(head, now)) liveBytes += head.sizeBytes
  }
  const selection: Selection = { now, surplusBytes: liveBytes - sizeLimit }
  await store.clear(undefined)
  const counts = await restoreEntries({ store, input, selection, signal })
  await store.flush()
  if (store.isEnded) throw new EndedError()
  return { ...counts, durationMs: Math.round(clock.monotonic() - start) }
}

interface Restoring {
  readonly store: Store
  readonly input: BackupInput
  readonly selection: Selection
  readonly signal: AbortSignal
}

async function restoreEntries({ store, input, selection, signal }: Restoring) {
  const counts = { entries: 0, expired: 0, leftOut: 0 }
  let [step, bytes]: [Promise<boolean>[], number] = [[], 0]
  const endStep = async (): Promise<void> => {
    for (const isStored of await Promise.all(step)) counts[isStored ? 'entries' : 'leftOut'] += 1
    ;[step, bytes] = [[], 0]
    if (store.isEnded) throw new EndedError()
    signal.throwIfAborted()
  }
  for await (const entry of input.entries((head) => isWanted(head, selection))) {
    if (entry.value !== undefined) {
      step.push(put(store, entry.head, entry.value))
      bytes += entry.value.length
    } else counts[isLive(entry.head, selection.now) ? 'leftOut' : 'expired'] += 1
    if (step.length === stepLength || bytes >= stepBytes) await endStep()
  }
  await endStep()
  return counts
}

/** The least recently used come first: they are left out until the others fit. Called once for each entry. */
function isWanted(head: BackupHead, selection: Selection): boolean {
  if (!isLive(head, selection.now)) return false
  if (selection.surplusBytes <= 0) return true
  selection.surplusBytes -= head.sizeBytes
  return false
}

function put(store: Store, head: BackupHead, bytes: Buffer): Promise<boolean> {
  const { namespace, text, tags, kind, createdAt, expiresAt } = head
  const address = addressPrefix(namespace) + text
  const times = { createdAt, expiresAt }
  return store.set({ namespace, text, address, tags, times, ttlSeconds: 0, encoded: { kind, bytes } })
}
