import { join } from 'node:path'
import { AccessStamps } from './access-stamps.js'
import { BlobStore } from './blob-store.js'
import { hasCode } from './error-code.js'
import { blobFolder, blobPrefix } from './layout.js'
import { MemoryTier } from './memory-tier.js'
import { compactDatabase } from './compaction.js'
import type { OpenDirectory } from './open-directory.js'
import type { OwnershipSettings } from './ownership-settings.js'
import { PendingWrites } from './pending-writes.js'
import type { Seat, SeatListener } from './seat.js'
import { GenerationWriter } from './sharing/generation-writer.js'
import { readOwnerRecord } from './sharing/owner-record.js'
import { StoreServer } from './sharing/store-server.js'
import type { StoreParts } from './store-parts.js'
import { Store } from './store.js'
import type { StoredValue } from './stored-value.js'

/** The seat of the process that has the database open. */
export class OwnerSeat implements Seat {
  readonly role = 'owner'
  readonly store: Store
  readonly #opened: OpenDirectory
  readonly #server: StoreServer

  private constructor(opened: OpenDirectory, parts: StoreParts, listener: SeatListener) {
    this.#opened = opened
    this.store = new Store(parts, listener)
    this.#server = new StoreServer(opened.directory, this.store)
  }

  /** Takes the seat; from here on nothing that a follower keeps from an earlier owner is answered any more. */
  static async take(settings: OwnershipSettings, opened: OpenDirectory, listener: SeatListener): Promise<OwnerSeat> {
    try {
      const record = await readOwnerRecord(settings.directory)
      const generations = new GenerationWriter(settings.directory, record?.epoch ?? 0)
      return new OwnerSeat(opened, storeParts(settings, opened, generations), listener)
    } catch (error) {
      await opened.close()
      throw error
    }
  }

  /** Why the database that was there had to be set aside, if it had. */
  get damage(): string | undefined {
    return this.#opened.damage
  }

  get epoch(): number {
    return this.store.parts.generations.epoch
  }

  async start(): Promise<unknown> {
    void this.store.maintenance.wake()
    try {
      await this.#server.start()
      return undefined
    } catch (error) {
      return error
    }
  }

  async isInPlace(): Promise<boolean> {
    try {
      return await this.#opened.isInPlace()
    } catch (error) {
      if (hasCode(error)) return false
      throw error
    }
  }

  async wake(): Promise<void> {
    await this.store.maintenance.wake()
    this.store.publish()
  }

  async leave(hasFailed: boolean): Promise<void> {
    if (hasFailed) {
      const abandoned = this.#server.abandon()
      await this.store.close()
      await abandoned
    } else await this.#server.stop(() => this.store.close())
    this.store.parts.generations.close()
    try {
      await this.#opened.close()
    } catch (error) {
      // LevelDB gives its files up either way, and everything that was acknowledged is in them.
      if (!hasCode(error)) throw error
    }
  }
}

function storeParts(
  settings: OwnershipSettings,
  { database, ledger }: OpenDirectory,
  generations: GenerationWriter,
): StoreParts {
  const { directory, sizeLimit, memoryLimit, clock } = settings
  const isReferenced = (name: string) => database.getSync(blobPrefix + name) !== undefined
  const blobs = new BlobStore(join(directory, blobFolder), isReferenced)
  const memory = new MemoryTier<StoredValue>(memoryLimit)
  const [pending, stamps] = [new PendingWrites(), new AccessStamps()]
  const files = { directory, database, blobs }
  const compact = async () => void (await compactDatabase({ database, ledger }))
  return { database, ledger, blobs, memory, pending, stamps, generations, clock, sizeLimit, files, compact }
}
