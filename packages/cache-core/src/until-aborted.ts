/**
 * Waits for a promise, or until the signal ends the wait; the work behind the promise goes on for the others.
 *
 * @throws the signal's reason
 */
export async function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return await promise
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
