import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ToolCall } from './draw-call.js'

/** What the GNU tool prints, or why ours answers otherwise on purpose. */
export type Expected =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'by-design'; readonly code: string; readonly reason: string }

const BINARY_PROBE_BYTES = 8192

/** Runs the GNU tool that a call stands for, in the root, and brings its output into the one order ours promises. */
export function gnuOutput(root: string, { tool, arguments: given }: ToolCall): Expected {
  const path = String(given['path'])
  const reads = tool === 'cat' || tool === 'head' || tool === 'tail'
  if (reads && isBinary(join(root, path))) {
    return { kind: 'by-design', code: 'FILE_BINARY', reason: 'binary files are not shown as text' }
  }
  switch (tool) {
    case 'cat':
      return text(given['start_line'] === undefined ? run(root, 'cat', ['--', path]) : sed(root, given, path))
    case 'head':
    case 'tail':
      return text(run(root, tool, ['-n', String(given['lines']), '--', path]))
    case 'wc':
      return text(words(run(root, 'wc', ['-lwc', '--', path])))
    case 'find':
      return text(sorted(run(root, 'find', [path, '-type', 'f', '-name', String(given['name'])])))
    case 'grep':
      return text(sortedMatches(grep(root, String(given['pattern']), path)))
    default:
      throw new TypeError(`Cannot compare tool "${String(tool)}": it has no GNU counterpart`)
  }
}

function sed(root: string, given: ToolCall['arguments'], path: string): string {
  return run(root, 'sed', ['-n', `${String(given['start_line'])},${String(given['end_line'])}p`, '--', path])
}

/** In the byte locale, since elsewhere GNU grep takes a file with one malformed character for a binary one. */
function grep(root: string, pattern: string, path: string): string {
  return run(root, 'env', ['LC_ALL=C', 'grep', '-rnIE', '-e', pattern, '--', path])
}

function run(cwd: string, command: string, args: readonly string[]): string {
  const result = spawnSync(command, args, {
    cwd,
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
    maxBuffer: 1 << 28,
  })
  if (result.error) throw new Error(`Cannot run "${command}": ${result.error.message}`)
  return result.stdout.toString('utf8')
}

const text = (output: string): Expected => ({ kind: 'text', text: output })
const withoutDot = (line: string): string => line.replace(/^\.\//u, '')
const words = (output: string): string => output.trim().replaceAll(/[ ]+/gu, ' ').concat('\n')

function sorted(output: string): string {
  const lines = output.split('\n').filter((line) => line !== '')
  return joined(lines.map(withoutDot).sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right))))
}

/** Sorted by path; the lines of one file stay in file order. */
function sortedMatches(output: string): string {
  const lines = output.split('\n').map(withoutDot)
  if (lines.at(-1) === '') lines.pop()
  const keyed = lines.map((line, index) => ({
    line,
    index,
    path: Buffer.from(line.slice(0, Math.max(0, line.search(/:\d+:/u)))),
  }))
  return joined(
    keyed
      .sort((left, right) => Buffer.compare(left.path, right.path) || left.index - right.index)
      .map(({ line }) => line),
  )
}

const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')

function isBinary(file: string): boolean {
  const bytes = readFileSync(file)
  return bytes.subarray(0, BINARY_PROBE_BYTES).includes(0)
}
