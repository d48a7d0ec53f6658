/**
 * Waits for a promise, or until the signal ends the wait; the work behind the promise goes on for the others.
 *
 * @throws the signal's reason
 */
export function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  return signal === undefined ? promise : untilEither(promise, signal)
}

async function untilEither<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let abort: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
  })
  try {
    return await Promise.race([aborted, promise])
  } finally {
    if (abort !== undefined) signal.removeEventListener('abort', abort)
  }
}
