import { join } from 'node:path'
import type { Chore } from './chore.js'
import type { Clock } from './clock.js'
import { databaseFolder, electionFolder } from './layout.js'
import { tightenFiles } from './private-files.js'

/** Milliseconds between two looks at the files. */
const lookEvery = 10_000

/** Makes the files that LevelDB made as the umask says readable for this user alone, as the directory already is. */
export class PrivacyChore implements Chore {
  readonly #directory: string
  readonly #clock: Clock
  #nextLook: number

  constructor(directory: string, clock: Clock) {
    this.#directory = directory
    this.#clock = clock
    this.#nextLook = clock.monotonic()
  }

  async run(): Promise<void> {
    if (this.#clock.monotonic() >= this.#nextLook) await this.runNow()
  }

  /** Looks at the files whenever that was done last. */
  async runNow(): Promise<void> {
    this.#nextLook = this.#clock.monotonic() + lookEvery
    for (const folder of [electionFolder, databaseFolder]) await tightenFiles(join(this.#directory, folder))
  }
}
