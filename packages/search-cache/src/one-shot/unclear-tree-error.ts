import { StalledError } from '../engine/stalled-error.js'

/** Thrown where a quick look at a tree does not tell what an index would: then the index is asked. */
export class UnclearTreeError extends Error {
  override readonly name = 'UnclearTreeError'

  constructor(path: string, cause?: unknown) {
    super(`Cannot tell at a glance what is in "${path}"`, { cause })
  }
}

/** Whether an error says that it takes an index to answer. */
export function isUnclear(error: unknown): boolean {
  return error instanceof UnclearTreeError || error instanceof StalledError
}
