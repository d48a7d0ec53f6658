import type { ModelMessage } from 'ai'
import type { CacheOutcomes, CalledTool, TokenUsage } from '../chat-result.js'
import type { ModelReply } from './ask-model.js'
import { toolMessage, type CallTools, type FinishedCall } from './run-calls.js'
import { addUsage, noUsage } from './token-usage.js'

/** What a turn came to so far: it outlives a failure, so that the session keeps what was found. */
export class TurnRecord {
  readonly #messages: ModelMessage[] = []
  readonly #calls: CalledTool[] = []
  #usage = noUsage
  #steps = 0
  /** Text of the running step. */
  #text = ''

  /** The messages of the turn without the user's, as the next request will see them. */
  get messages(): readonly ModelMessage[] {
    return this.#messages
  }

  get calls(): readonly CalledTool[] {
    return this.#calls
  }

  get usage(): TokenUsage {
    return this.#usage
  }

  get cache(): CacheOutcomes {
    const outcomes = { hit: 0, miss: 0, confirmed: 0, repaired: 0, bypass: 0 }
    for (const { result } of this.#calls) if (result.ok) outcomes[result.cache.outcome] += 1
    return outcomes
  }

  /** How often the model was asked. */
  get steps(): number {
    return this.#steps
  }

  /** The model is asked. */
  beginStep(): void {
    this.#steps += 1
    this.#text = ''
  }

  /** The model said a piece of its answer. */
  addText(text: string): void {
    this.#text += text
  }

  /** The model answered. */
  addReply(reply: ModelReply): void {
    this.#usage = addUsage(this.#usage, reply.usage)
  }

  /** The tools that an answer asked for are done. */
  addCalls(reply: ModelReply, finished: readonly FinishedCall[], callTools: CallTools): void {
    this.#calls.push(...finished.map(({ call, result }) => ({ name: call.name, arguments: result.arguments, result })))
    this.#messages.push(...reply.messages, toolMessage(finished, callTools))
    this.#text = ''
  }

  /** The last word of the turn. */
  end(text: string): void {
    this.#messages.push({ role: 'assistant', content: text })
  }

  /** The turn failed: what was said of the answer stays, with the reason that there is no more. */
  fail(code: string): void {
    const remark = `[This answer failed: ${code}.]`
    this.end(this.#text === '' ? remark : `${this.#text}\n\n${remark}`)
  }
}
