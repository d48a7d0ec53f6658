import type { SessionDocument, SessionMessage, SessionSummary } from '@fsagent/agent'
import { oneLine } from '../rendering/one-line.js'
import { visibleControls } from '../rendering/visible-controls.js'

/** Gives one line for each session: id, messages, when it was used last, how it began. */
export function renderSessionList(sessions: readonly SessionSummary[]): string {
  const idWidth = Math.max(...sessions.map(({ session_id: id }) => id.length))
  const lines = sessions.map(({ session_id: id, messages, saved_at: savedAt, title }) => {
    const count = `${messages} messages`.padStart(11)
    return `${id.padEnd(idWidth)}  ${count}  ${savedAt ?? ''}  ${oneLine(title)}\n`
  })
  return lines.join('')
}

/** Gives a session as Markdown: what was asked, which tools were called, what was answered. */
export function renderSession({ session_id: id, saved_at: savedAt, messages }: SessionDocument): string {
  const head = `# Session ${id}\n\nSaved ${savedAt ?? 'at an unknown time'}, ${messages.length} messages.`
  return `${[head, ...messages.flatMap(renderMessage)].join('\n\n')}\n`
}

function renderMessage(message: SessionMessage): readonly string[] {
  // What a tool call came to can be thousands of lines, which JSON has.
  if (message.role === 'tool') {
    const failed = message.results.filter(({ ok }) => !ok)
    return failed.map(({ name, text }) => `- ${name} failed: ${oneLine(text)}`)
  }
  const text = visibleControls(message.text).trimEnd()
  if (message.role === 'user') return [`## ${oneLine(message.text)}`]
  const calls = message.tool_calls.map((call) => `- ${call.name} ${oneLine(JSON.stringify(call.arguments) ?? '')}`)
  return [...(text === '' ? [] : [text]), ...(calls.length === 0 ? [] : [calls.join('\n')])]
}
