import type { WriteQueue } from './write-queue.js'

/** Ends work on a store that has ended, or that nobody wants any more. */
export class EndedError extends Error {
  override readonly name = 'EndedError'

  constructor() {
    super('the store has ended')
  }
}

/** Runs a step with no write under way, after what waits now. @throws EndedError when storage fails before or in it */
export async function runAlone<T>(queue: WriteQueue, step: () => Promise<T>): Promise<T> {
  const outcome = await queue.run(async () => ({ result: await step() }), undefined)
  if (outcome === undefined) throw new EndedError()
  return outcome.result
}
