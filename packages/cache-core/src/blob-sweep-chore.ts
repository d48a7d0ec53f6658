import type { BlobStore } from './blob-store.js'
import { blobFolders, sweepBlobFolder } from './blob-sweep.js'
import type { Chore } from './chore.js'
import type { Clock } from './clock.js'

/** Milliseconds between two rounds through all folders; the first begins ten seconds after opening. */
const roundEvery = 3_600_000
const firstAfter = 10_000

/** Looks for files that a crash left behind, one folder at a time. */
export class BlobSweepChore implements Chore {
  readonly #blobs: BlobStore
  readonly #clock: Clock
  #nextRound: number
  #folders: string[] = []

  constructor(blobs: BlobStore, clock: Clock) {
    this.#blobs = blobs
    this.#clock = clock
    this.#nextRound = clock.monotonic() + firstAfter
  }

  async run(isStopped: () => boolean): Promise<void> {
    const [blobs, clock] = [this.#blobs, this.#clock]
    if (clock.monotonic() >= this.#nextRound) {
      this.#nextRound = clock.monotonic() + roundEvery
      this.#folders = [...(await blobFolders(blobs))]
    }
    // A few at each call: a round over 256 folders takes about half a minute of a running cache.
    for (const folder of this.#folders.splice(0, 8)) if (!isStopped()) await sweepBlobFolder(blobs, folder, clock)
  }
}
