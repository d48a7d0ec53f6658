import type { ModelMessage } from 'ai'
import { sliceWhole } from '../output/cut-line.js'
import { isoTime } from '../output/iso-time.js'
import type { StoredSession } from './session-store.js'

/** A message of a session, as it was said. */
export type SessionMessage =
  | { readonly role: 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly tool_calls: readonly SessionToolCall[] }
  | { readonly role: 'tool'; readonly results: readonly SessionToolResult[] }

/** A tool call that the model made. */
export interface SessionToolCall {
  readonly id: string
  readonly name: string
  readonly arguments: unknown
}

/** What a tool call came to, as the model saw it. */
export interface SessionToolResult {
  /** The id of its call. */
  readonly id: string
  readonly name: string
  readonly ok: boolean
  readonly text: string
}

/** What a list of sessions says about one. Times are ISO 8601 in UTC. */
export interface SessionSummary {
  readonly session_id: string
  /** How the first question that is still kept begins, on one line. */
  readonly title: string
  readonly messages: number
  readonly saved_at: string | null
  readonly expires_at: string | null
}

/** A whole session, with the names that JSON documents of the product use. */
export interface SessionDocument extends Omit<SessionSummary, 'messages'> {
  readonly messages: readonly SessionMessage[]
}

const longestTitle = 80

/** Gives what a list says about a session. */
export function sessionSummary(session: StoredSession): SessionSummary {
  return { ...headOf(session), messages: session.messages.length }
}

/** Gives a session as a document of its own. */
export function sessionDocument(session: StoredSession): SessionDocument {
  return { ...headOf(session), messages: session.messages.map(messageOf) }
}

function headOf({ id, messages, savedAt, expiresAt }: StoredSession): Omit<SessionSummary, 'messages'> {
  const question = messages.find(({ role }) => role === 'user')
  const title = question === undefined ? '' : textOf(question).trim().replaceAll(/\s+/g, ' ')
  const shortened = title.length > longestTitle ? `${sliceWhole(title, longestTitle - 1)}…` : title
  return { session_id: id, title: shortened, saved_at: isoTime(savedAt), expires_at: isoTime(expiresAt) }
}

function messageOf(message: ModelMessage): SessionMessage {
  if (message.role === 'tool') return { role: 'tool', results: message.content.flatMap(resultOf) }
  const text = textOf(message)
  if (message.role !== 'assistant') return { role: 'user', text }
  const parts = typeof message.content === 'string' ? [] : message.content
  const calls = parts.flatMap((part) =>
    part.type === 'tool-call' ? [{ id: part.toolCallId, name: part.toolName, arguments: part.input }] : [],
  )
  return { role: 'assistant', text, tool_calls: calls }
}

type ToolPart = Extract<ModelMessage, { role: 'tool' }>['content'][number]

function resultOf(part: ToolPart): SessionToolResult[] {
  if (part.type !== 'tool-result') return []
  const { toolCallId, toolName, output } = part
  const text = 'value' in output ? asText(output.value) : ''
  return [{ id: toolCallId, name: toolName, ok: !output.type.startsWith('error'), text }]
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function textOf({ content }: ModelMessage): string {
  if (typeof content === 'string') return content
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('')
}
