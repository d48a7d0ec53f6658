import type { AgentOptions } from '../../../src/agent-options.js'

/** A tool call as a model of the server makes it; the arguments are text, so that they can be malformed. */
interface WireCall {
  readonly id: string
  readonly name: string
  readonly arguments: string
}

/** What a model of the server says. */
export interface WireReply {
  readonly text?: string
  readonly calls?: readonly WireCall[]
  /** The model will not answer this. */
  readonly refusal?: string
}

/** A request as it arrived. */
export interface WireRequest {
  readonly method: string
  /** Path with its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: WireBody
}

/** The parts of a body that every protocol here has. */
interface WireBody {
  readonly stream?: boolean
  readonly model?: string
  readonly tools?: readonly unknown[]
  readonly tool_choice?: unknown
  readonly messages: readonly WireMessage[]
  readonly [key: string]: unknown
}

export interface WireMessage {
  readonly role: string
  readonly content: unknown
  readonly tool_calls?: readonly { readonly id: string; readonly function: { readonly arguments: unknown } }[]
  readonly tool_call_id?: string
}

/** How one provider speaks, as its service does it. */
export interface WireProtocol {
  readonly name: string
  /** Options that point an agent to a server of ours at this address. */
  readonly options: (address: string) => Partial<AgentOptions>
  /** Why the service would refuse this request, if it would. */
  readonly objection: (request: WireRequest) => string | undefined
  /** An answer in one piece. */
  readonly whole: (reply: WireReply) => object
  /** The same answer as server-sent events. */
  readonly events: (reply: WireReply) => readonly string[]
  readonly error: (status: number, message: string) => object
  /** An event in the stream that says that the service failed. */
  readonly errorEvent: string
}

/** What every answer of the server costs. */
export const wireUsage = { input: 7, output: 3 }

/** The key that every server of ours wants. */
export const wireKey = 'key-of-the-test'

/** Gives a piece of a stream. */
export function serverSentEvent(data: unknown, name?: string): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data)
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${text}\n\n`
}
