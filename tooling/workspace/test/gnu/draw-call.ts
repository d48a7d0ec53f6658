import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { SeededRandom } from '@fsagent/testing'

/** One tool call with its JSON arguments. */
export interface ToolCall {
  readonly tool: 'cat' | 'head' | 'tail' | 'wc' | 'find' | 'grep'
  readonly arguments: Readonly<Record<string, unknown>>
}

const patterns = [
  'TODO',
  'import',
  'the [a-z]+',
  '^#+ ',
  '[0-9]{4}-[0-9]{2}',
  'export (function|const)',
  'zzz-nowhere',
  'a[a-z]c',
  '\\(',
  'é',
]
const names = ['*.md', '*.py', '*.ts', '*', 'README*', '*.json', '[a-m]*', '*.d.ts', '.*', 'no-such-*']

/** Draws a random call on a random file or folder. */
export function drawCall(random: SeededRandom, root: string, files: readonly string[]): ToolCall {
  const path = random.pick(files)
  const folder = random.next() < 0.3 ? '.' : dirname(path)
  switch (random.pick(['cat', 'head', 'tail', 'range', 'wc', 'find', 'grep'] as const)) {
    case 'cat':
      return { tool: 'cat', arguments: { path, limit: 0 } }
    case 'head':
      return { tool: 'head', arguments: { path, lines: random.integer(1, 40), limit: 0 } }
    case 'tail':
      return { tool: 'tail', arguments: { path, lines: random.integer(1, 40), limit: 0 } }
    case 'range':
      return rangeCall(random, path)
    case 'wc':
      return { tool: 'wc', arguments: { path } }
    case 'find':
      return {
        tool: 'find',
        arguments: { path: folder, name: random.pick(names), type: 'file', include_ignored: true, limit: 0 },
      }
    case 'grep':
      return {
        tool: 'grep',
        arguments: { pattern: pattern(random, join(root, path)), path: folder, include_ignored: true, limit: 0 },
      }
  }
}

function rangeCall(random: SeededRandom, path: string): ToolCall {
  const start = random.integer(1, 60)
  return { tool: 'cat', arguments: { path, start_line: start, end_line: start + random.integer(0, 40), limit: 0 } }
}

/** A pattern from the table, or a word that really occurs in the file. */
function pattern(random: SeededRandom, file: string): string {
  if (random.next() < 0.5) return random.pick(patterns)
  const words = readFileSync(file, 'latin1').match(/[A-Za-z]{4,12}/gu) ?? []
  return words.length === 0 ? 'nothing' : random.pick(words)
}
