import type { EventEmitter } from 'node:events'
import type { CacheEvents } from './cache-events.js'

/**
 * Calls the listeners of an event. One that throws neither fails the cache's answer nor keeps the event from the
 * others: its error comes out as an uncaught exception afterwards, as with an `EventTarget` in Node.
 */
export function tellListeners<Name extends keyof CacheEvents>(
  emitter: EventEmitter<CacheEvents>,
  name: Name,
  ...event: CacheEvents[Name]
): void {
  for (const listener of emitter.rawListeners(name)) {
    callGuarded(() => Reflect.apply(listener, emitter, event))
  }
}

/** Calls a function of the user's. What it throws comes out as an uncaught exception, once all that runs now is done. */
export function callGuarded(call: () => void): void {
  try {
    call()
  } catch (error) {
    process.nextTick(() => {
      throw error
    })
  }
}
