import type { Chore } from './chore.js'
import { hasCode } from './error-code.js'
import { removeSetAside } from './set-aside.js'

/** Deletes once, after opening, what this or an earlier process moved out of the way. */
export class SetAsideChore implements Chore {
  readonly #directory: string
  #isDone = false

  constructor(directory: string) {
    this.#directory = directory
  }

  async run(isStopped: () => boolean): Promise<void> {
    if (this.#isDone) return
    this.#isDone = true
    try {
      await removeSetAside(this.#directory, isStopped)
    } catch (error) {
      // What cannot be deleted now is left to the next process: the cache itself is sound.
      if (!hasCode(error)) throw error
    }
  }
}
