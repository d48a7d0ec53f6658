import { blobFolders, sweepBlobFolder } from './blob-sweep.js'
import type { Chore } from './chore.js'
import type { StoreParts } from './store-parts.js'

/** Milliseconds between two rounds through all folders; the first begins ten seconds after opening. */
const roundEvery = 3_600_000
const firstAfter = 10_000

/** Looks for files that a crash left behind, one folder at a time. */
export class BlobSweepChore implements Chore {
  readonly #parts: StoreParts
  #nextRound: number
  #folders: string[] = []

  constructor(parts: StoreParts) {
    this.#parts = parts
    this.#nextRound = parts.clock.monotonic() + firstAfter
  }

  async run(isStopped: () => boolean): Promise<void> {
    const { blobs, clock } = this.#parts
    if (clock.monotonic() >= this.#nextRound) {
      this.#nextRound = clock.monotonic() + roundEvery
      this.#folders = [...(await blobFolders(blobs))]
    }
    // A few at each call: a round over 256 folders takes about half a minute of a running cache.
    for (const folder of this.#folders.splice(0, 8)) if (!isStopped()) await sweepBlobFolder(blobs, folder, clock)
  }
}
