import type { Agent } from '../../../src/agent.js'
import type { ToolResult } from '../../../src/tools/tool-result.js'

/** Lies in files outside the root only: whatever shows it has leaked. */
export const secretText = 'SECRET-FROM-OUTSIDE'
/** Is the name of something outside that no call ever names. */
export const secretName = 'known-outside-only'

/** A tool and its arguments. */
export type Call = readonly [tool: string, given: Readonly<Record<string, unknown>>]

/** Calls that read one file. */
export function readingCalls(path: string): Call[] {
  const readers = ['cat', 'head', 'tail', 'preview', 'wc', 'smart_read']
  return readers.map((tool) => [tool, { path }])
}

/** Calls that list or search what a path names. */
function searchingCalls(path: string): Call[] {
  return [
    ['grep', { pattern: '.', path }],
    ['grep', { pattern: '.', path, mode: 'count' }],
    ['find', { path }],
    ['ls', { path, long: true }],
    ['tree', { path }],
  ]
}

/** One call of each tool about a path. */
export function everyCall(path: string): Call[] {
  return [...readingCalls(path), ['smart_cat', { paths: [path] }], ...searchingCalls(path)]
}

/** Makes calls one after the other. */
export async function runAll(agent: Agent, calls: readonly Call[]): Promise<ToolResult[]> {
  const results: ToolResult[] = []
  for (const [tool, given] of calls) results.push(await agent.runTool(tool, given))
  return results
}

/** Everything that a result says besides what the caller said: text, data, messages, suggestions. */
export function saidBy({ arguments: _given, ...answer }: ToolResult): string {
  return JSON.stringify(answer)
}

/** Whether a result shows anything from outside the root. */
export function leaks(result: ToolResult): boolean {
  const said = saidBy(result)
  return said.includes(secretText) || said.includes(secretName)
}

/** The code that each call failed with, `smart_cat` by the file that it was asked for. */
export function codesOf(results: readonly ToolResult[]): (string | undefined)[] {
  return results.map(({ error, data }) => error?.code ?? codeOfFile(data))
}

function codeOfFile(data: unknown): string | undefined {
  return /"code":"([A-Z_]+)"/.exec(JSON.stringify(data))?.[1]
}
