import { join } from 'node:path'
import { AccessStamps } from './access-stamps.js'
import { BlobStore } from './blob-store.js'
import { compactDatabase } from './compaction.js'
import { blobFolder, blobPrefix } from './layout.js'
import { MemoryTier } from './memory-tier.js'
import type { OpenDirectory } from './open-directory.js'
import { PendingWrites } from './pending-writes.js'
import type { GenerationWriter } from './sharing/generation-writer.js'
import type { StoreParts } from './store-parts.js'
import type { StoredValue } from './stored-value.js'

/** What a store in a directory is opened with. */
type StoreSettings = Pick<StoreParts, 'sizeLimit' | 'clock'> & {
  /** Bytes. */
  readonly memoryLimit: number
}

/** The parts of a store in a directory that begins with nothing in memory. */
export function newStoreParts(
  { sizeLimit, memoryLimit, clock }: StoreSettings,
  { directory, database, ledger }: Pick<OpenDirectory, 'directory' | 'database' | 'ledger'>,
  generations: GenerationWriter,
): StoreParts {
  const isReferenced = (name: string) => database.getSync(blobPrefix + name) !== undefined
  const blobs = new BlobStore(join(directory, blobFolder), isReferenced)
  const memory = new MemoryTier<StoredValue>(memoryLimit)
  const [pending, stamps] = [new PendingWrites(), new AccessStamps()]
  const files = { directory, database, blobs }
  const compact = async () => void (await compactDatabase({ database, ledger }))
  return { database, ledger, blobs, memory, pending, stamps, generations, clock, sizeLimit, files, compact }
}
