import { untilAborted } from './until-aborted.js'

/**
 * What an iterable yields, until the signal ends it.
 *
 * @throws the signal's reason
 */
export async function* eachUntilAborted<Value>(
  values: AsyncIterable<Value>,
  signal: AbortSignal,
): AsyncGenerator<Value> {
  const iterator = values[Symbol.asyncIterator]()
  try {
    for (;;) {
      signal.throwIfAborted()
      const next = await untilAborted(Promise.resolve(iterator.next()), signal)
      if (next.done === true) return
      yield next.value
    }
  } finally {
    // After an abort the step that is under way ends in its own time: nobody waits for it here.
    const ending = iterator.return?.()
    if (!signal.aborted) await ending
  }
}
