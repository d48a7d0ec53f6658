import { SearchError } from '../search-error.js'

/** Thrown when the engine waits for a file that it opened by its path: the file has become a FIFO, or its disk is stuck. */
export class StalledError extends SearchError {
  constructor() {
    super('SEARCH_ENGINE_FAILED', 'Cannot finish search: ripgrep waits for a file that gives nothing')
  }
}

/** The result of a search by paths; `undefined` when it stalled, so that only descriptors tell. */
export async function unlessStalled<Result>(searching: Promise<Result>): Promise<Result | undefined> {
  try {
    return await searching
  } catch (error) {
    if (error instanceof StalledError) return undefined
    throw error
  }
}
