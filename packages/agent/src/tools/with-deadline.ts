import { setMaxListeners } from 'node:events'
import { untilAborted } from '@fsagent/cache-core'
import { ToolError } from './tool-failure.js'

/** When work is given up: after some time, or when the caller says so. */
export interface Deadline {
  readonly milliseconds: number
  readonly signal: AbortSignal | undefined
}

/**
 * Gives what the work gives, unless it takes too long or is aborted; the work is told by the signal that it gets.
 *
 * @throws ToolError `TOOL_TIMEOUT` or `TOOL_ABORTED`
 */
export async function withDeadline<Result>(
  { milliseconds, signal }: Deadline,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController()
  // Every read of a call listens to it, and it lives no longer than the call: many listeners are no leak.
  setMaxListeners(0, controller.signal)
  const abort = (): void => controller.abort(aborted())
  const timer = setTimeout(() => controller.abort(timedOut(milliseconds)), milliseconds)
  timer.unref()
  signal?.addEventListener('abort', abort, { once: true })
  if (signal?.aborted === true) abort()
  try {
    // Not every system call can be interrupted, so the caller is answered even while one goes on.
    return await untilAborted(work(controller.signal), controller.signal)
  } catch (error) {
    // Whatever the layers below say when they are interrupted, why it happened is known here.
    throw controller.signal.aborted ? controller.signal.reason : error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

function aborted(): ToolError {
  return new ToolError({ code: 'TOOL_ABORTED', message: 'Cannot finish tool call: it was aborted' })
}

function timedOut(milliseconds: number): ToolError {
  const message = `Cannot finish tool call: it took longer than ${milliseconds / 1000} seconds`
  return new ToolError({ code: 'TOOL_TIMEOUT', message, details: { timeout_seconds: milliseconds / 1000 } })
}
