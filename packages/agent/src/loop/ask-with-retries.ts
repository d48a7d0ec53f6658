import { setTimeout as sleep } from 'node:timers/promises'
import { untilAborted, type Clock } from '@fsagent/cache-core'
import { AgentError } from '../agent-error.js'
import { modelFailure, type ModelFailure } from '../models/model-failure.js'
import { retryDelay } from '../models/retry-delay.js'
import { askModel, type ModelReply, type ModelRequest } from './ask-model.js'
import { linkedSignal } from './linked-signal.js'
import { abortError, modelError, timeoutError, type AskedModel } from './model-error.js'
import { SilenceTimer } from './silence-timer.js'

/** How long and how often a model is waited for. */
export interface Patience {
  readonly asked: AskedModel
  /** How often a request is sent again that failed for a reason that passes. */
  readonly maxRetries: number
  /** Longest silence of the model, waits between attempts included. */
  readonly silenceMs: number
  readonly clock: Clock
  /** From 0 to 1; spreads the waits of many clients. */
  readonly random?: () => number
  /** Waits, or not: tests do not. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>
}

/** What happens while a model is asked. */
export type AskEvent = { readonly type: 'token'; readonly text: string } | { readonly type: 'retry' }

/**
 * Asks the model, and again when that may help: never after text was given out, for it cannot be taken back, and never
 * when the wait would be longer than the model may be silent.
 *
 * @throws AgentError `AGENT_MODEL_…`, `AGENT_ABORTED`
 */
export async function* askWithRetries(request: ModelRequest, patience: Patience): AsyncGenerator<AskEvent, ModelReply> {
  using silence = new SilenceTimer(patience.silenceMs, patience.clock)
  using linked = linkedSignal([request.signal, silence.signal])
  for (let retries = 0; ; retries += 1) {
    const attempt = new Attempt({ ...request, signal: linked.signal }, silence)
    try {
      return yield* attempt.run()
    } catch (error) {
      const failure = modelFailure(error)
      const delay = delayBefore(failure, retries, patience)
      const useless = attempt.gaveText || delay === undefined || delay >= silence.remaining || linked.signal.aborted
      if (useless) throw errorOf(error, failure, { request, silence, patience })
      yield { type: 'retry' }
      await waitFor(delay, linked.signal, patience)
    }
  }
}

/** One request and what came of it. */
class Attempt {
  gaveText = false
  readonly #request: ModelRequest
  readonly #silence: SilenceTimer

  constructor(request: ModelRequest, silence: SilenceTimer) {
    this.#request = request
    this.#silence = silence
  }

  async *run(): AsyncGenerator<AskEvent, ModelReply> {
    const { signal } = this.#request
    signal.throwIfAborted()
    const replies = askModel({ ...this.#request, onPart: () => this.#silence.renew() })
    for (;;) {
      // A model that does not listen to the signal is left alone with its answer.
      const next = await untilAborted(replies.next(), signal)
      if (next.done === true) return next.value
      this.gaveText = true
      this.#silence.stop()
      yield { type: 'token', text: next.value }
      this.#silence.renew()
    }
  }
}

function delayBefore(failure: ModelFailure, retries: number, patience: Patience): number | undefined {
  if (!failure.passes || retries >= patience.maxRetries) return undefined
  return retryDelay(failure, retries, { now: () => patience.clock.now(), random: patience.random ?? Math.random })
}

/** An abort ends the wait; that it came is seen by the next attempt. */
async function waitFor(milliseconds: number, signal: AbortSignal, { wait = pause }: Patience): Promise<void> {
  try {
    await wait(milliseconds, signal)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal })
}

function errorOf(
  error: unknown,
  failure: ModelFailure,
  { request, silence, patience }: { request: ModelRequest; silence: SilenceTimer; patience: Patience },
): AgentError {
  if (request.signal.aborted) return abortError(error)
  if (silence.signal.aborted) return timeoutError(patience.asked, patience.silenceMs, error)
  return error instanceof AgentError ? error : modelError(failure, patience.asked, error)
}
