/** Longest piece of a line that is quoted; longer lines are cut at a sentence or, if need be, at a character. */
const LONGEST_QUOTE = 400

/** Gives a quoted line, without its list or heading mark, with its place; a claim always ends with `path:line`. */
export function quote(path: string, line: number, text: string): string {
  const marks = /\.(?:md|markdown|mdx)$/i.test(path) ? /^\s*(?:[-*+]|#{1,6})\s+/ : /^\s+/
  return `- ${shorten(text.replace(marks, '').trim())} — ${path}:${String(line)}`
}

/** Gives a statement about a line or file with its place. */
export function cite(statement: string, path: string, line = 1): string {
  return `${statement} — ${path}:${String(line)}`
}

/** Gives a matching line as `grep -n` prints it. */
export function matchLine(path: string, line: number, text: string): string {
  return `${path}:${String(line)}: ${shorten(text.trim())}`
}

/** Gives text in a code fence that it cannot close. */
export function fenced(lines: readonly string[]): string {
  const runs = lines.flatMap((line) => line.match(/`{3,}/g) ?? []).map((run) => run.length)
  const fence = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)))
  return [fence, ...lines, fence].join('\n')
}

/** Gives `1 file`, `2 files`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-US').replaceAll(',', ' ')} ${count === 1 ? singular : plural}`
}

/** Cuts a text to the quotable length without splitting a character. */
function shorten(text: string): string {
  if (text.length <= LONGEST_QUOTE) return text
  const cut = text.slice(0, LONGEST_QUOTE).replace(/[\uD800-\uDBFF]$/, '')
  return `${cut.replace(/\s+\S*$/, '')}…`
}
