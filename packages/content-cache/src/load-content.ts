import { createHash } from 'node:crypto'
import { type DataRoot, FileStateError, type FileSignature, type ReadResult, sameSignature } from '@fsagent/file-state'
import type { CacheReport } from './cache-report.js'
import type { ContentEntries, StoredContent } from './content-entries.js'
import { contentRecord } from './content-record.js'
import { FileContent } from './file-content.js'
import { readContent, type ReadContentOptions } from './read-content.js'

/** What reading a file gave. */
export interface LoadedContent {
  readonly path: string
  readonly content: FileContent
  readonly signature: FileSignature
  /** Whether the signature can prove later that the content still is the file's. */
  readonly provable: boolean
  readonly cache: CacheReport
  /** Whether an entry was there and told something else. */
  readonly stale: boolean
}

/** What a load reads and where it keeps it. */
export interface ContentLoadOptions extends ReadContentOptions {
  readonly root: DataRoot
  /** None: nothing is kept. */
  readonly entries: ContentEntries | undefined
}

/**
 * Reads a file, compares it with what is stored, and stores what is new.
 *
 * @throws FileStateError as `DataRoot.readFile()`; what was stored for the path is forgotten then
 */
export async function loadContent(path: string, options: ContentLoadOptions): Promise<LoadedContent> {
  const { root, entries } = options
  try {
    const read = await readContent(root, path, options)
    return entries === undefined ? withoutStore(read) : withStore(read, entries.find(read.realPath), entries)
  } catch (error) {
    if (error instanceof FileStateError && entries?.find(path) !== undefined) await entries.delete(path)
    throw error
  }
}

function withoutStore(read: ReadResult): LoadedContent {
  const cache: CacheReport = { outcome: 'bypass', tier: null, verifiedBy: 'read', ageSeconds: null }
  return loaded(read, new FileContent(read.bytes), { cache, stale: false })
}

function withStore(read: ReadResult, stored: StoredContent | undefined, entries: ContentEntries): LoadedContent {
  const contentHash = createHash('sha256').update(read.bytes).digest('hex')
  const confirmed = stored?.record.state.contentHash === contentHash ? stored : undefined
  const content = confirmed?.content ?? new FileContent(read.bytes)
  if (read.stable && !tellsTheSame(confirmed, read)) {
    const bytes = confirmed?.record.bytes ?? read.bytes
    const state = { signature: read.signature, racy: read.racy, contentHash }
    entries.put(read.realPath, contentRecord(bytes, state), content)
  }
  if (confirmed === undefined) {
    const cache: CacheReport = { outcome: 'miss', tier: null, verifiedBy: 'read', ageSeconds: null }
    return loaded(read, content, { cache, stale: stored !== undefined })
  }
  const { tier, ageSeconds } = confirmed
  return loaded(read, content, { cache: { outcome: 'confirmed', tier, verifiedBy: 'hash', ageSeconds }, stale: false })
}

/** Whether storing again would change nothing, as when a file was just written and is read again and again. */
function tellsTheSame(confirmed: StoredContent | undefined, read: ReadResult): boolean {
  if (confirmed === undefined) return false
  const { signature, racy } = confirmed.record.state
  return racy === read.racy && sameSignature(signature, read.signature)
}

function loaded(
  read: ReadResult,
  content: FileContent,
  outcome: { readonly cache: CacheReport; readonly stale: boolean },
): LoadedContent {
  const { realPath: path, signature, stable, racy } = read
  return { path, content, signature, provable: stable && !racy, ...outcome }
}
