import { fstatSync, readSync } from 'node:fs'
import type { EngineLine, EngineMatch, EngineQuery, EngineReport, EngineTarget } from './search-engine.js'

/** ASCII that stands for itself in a regular expression. */
const PLAIN = /^[\w !"'%,/:;<=>@`-]+$/
/** ASCII without control characters. */
const PRINTABLE = /^[ -~]+$/
const MOST_BYTES = 1024 * 1024
const LINE_FEED = 10
const BYTE_ORDER_MARKS = [Buffer.of(0xef, 0xbb, 0xbf), Buffer.of(0xff, 0xfe), Buffer.of(0xfe, 0xff)]

/**
 * Searches a few small files for a plain text in this process, because starting ripgrep takes longer than that.
 *
 * @returns `undefined` when ripgrep could say anything else: for a pattern that is no plain ASCII, and for files with a
 * NUL byte or a byte order mark, or that are large or grow
 */
export function searchLiterally(query: EngineQuery, target: EngineTarget, mostBytes: number): EngineReport | undefined {
  if (target.by !== 'descriptor' || !isLiteral(query)) return undefined
  const literal = Buffer.from(query.pattern)
  const matches = new Map<string, EngineMatch>()
  let left = Math.min(mostBytes, MOST_BYTES)
  for (const [index, path] of target.paths.entries()) {
    const text = readText(target.descriptors[index] ?? -1, left)
    if (text === undefined) return undefined
    left -= text.length
    const lines = matchingLines(text, literal)
    if (lines.length === 0) continue
    if (query.mode === 'content') matches.set(path, { lines, count: lines.length })
    else matches.set(path, { lines: [], count: query.mode === 'files' ? 1 : lines.length })
  }
  return { matches, binary: [], unreadable: [] }
}

function isLiteral({ pattern, fixed, ignoreCase, multiline, wordRegexp }: EngineQuery): boolean {
  return !ignoreCase && !multiline && !wordRegexp && (fixed ? PRINTABLE : PLAIN).test(pattern)
}

function readText(descriptor: number, mostBytes: number): Buffer | undefined {
  try {
    const { size } = fstatSync(descriptor)
    return size < mostBytes ? plainText(descriptor, size) : undefined
  } catch (error) {
    // ripgrep says which file the system cannot read.
    if (error instanceof Error && 'syscall' in error) return undefined
    throw error
  }
}

function plainText(descriptor: number, size: number): Buffer | undefined {
  const buffer = Buffer.allocUnsafe(size + 1)
  let length = 0
  for (let count = -1; count !== 0 && length < buffer.length; length += count)
    count = readSync(descriptor, buffer, length, buffer.length - length, length)
  const text = buffer.subarray(0, length)
  const isMarked = BYTE_ORDER_MARKS.some((mark) => text.subarray(0, mark.length).equals(mark))
  return length > size || isMarked || text.includes(0) ? undefined : text
}

function matchingLines(text: Buffer, literal: Buffer): EngineLine[] {
  const lines: EngineLine[] = []
  let line = 1
  let start = 0
  for (let found = text.indexOf(literal); found >= 0; found = text.indexOf(literal, start)) {
    for (let feed = text.indexOf(LINE_FEED, start); feed >= 0 && feed < found; feed = text.indexOf(LINE_FEED, start)) {
      start = feed + 1
      line += 1
    }
    const feed = text.indexOf(LINE_FEED, found)
    const end = feed < 0 ? text.length : feed
    lines.push({ line, bytes: text.subarray(start, end) })
    start = end + 1
    line += 1
  }
  return lines
}
