import type { Landing, SingleFlight } from './single-flight.js'
import { encodeValue, type EncodedValue } from './value-codec.js'

/** How a value is found, computed and stored. */
export interface LoadSteps {
  /** Whether the caller has looked already and found nothing. */
  readonly isMissing: boolean
  /** What is stored, looked up wherever it is. */
  find(): Promise<unknown>
  load(): unknown
  /** A lease on the entry; `undefined` when there is none to be had. */
  lease(): Promise<number | undefined>
  /** Stores a value while the lease holds; answers whether it was stored. */
  store(encoded: EncodedValue, lease: number): Promise<boolean>
}

/**
 * Finds a value or computes it, once for all who wait. Whoever joins a computation may have asked after another process
 * changed the entry, of which the computation knew nothing: unless its value was stored, and so was current when he joined, he looks once more.
 * Whatever he joins then has begun after he asked.
 */
export async function loadValue(flights: SingleFlight, key: string, steps: LoadSteps): Promise<unknown> {
  const first = flights.join(key, (close) => findOrLoad(steps, close))
  const { value, isCurrent } = await first.landing
  if (first.isOwn || isCurrent) return value
  const second = flights.join(key, (close) => findOrLoad({ ...steps, isMissing: false }, close))
  return (await second.landing).value
}

async function findOrLoad(steps: LoadSteps, close: () => boolean): Promise<Landing> {
  const found = steps.isMissing ? undefined : await steps.find()
  if (found !== undefined) return { value: found, isCurrent: false }
  const lease = await steps.lease()
  const value = await steps.load()
  const encoded = encodeValue(value)
  // Whoever asks from now on may know of a change that comes behind the value.
  const isWanted = close()
  const isCurrent = isWanted && lease !== undefined && (await steps.store(encoded, lease))
  return { value, isCurrent }
}
