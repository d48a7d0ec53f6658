import { entriesOf } from '../decode-tool-result.js'
import type { Entry, ToolOutcome } from '../decode-tool-result.js'
import { counted } from './cite.js'

const MOST_LISTED = 300

/** Which entries of a directory are wanted. */
export type EntryFilter = 'all' | 'files' | 'folders'

/** Lists the entries of a directory, one path a line; a folder's path ends with a slash. */
export function listEntries(outcome: ToolOutcome, directory: string, filter: EntryFilter = 'all'): string {
  const entries = entriesOf(outcome).filter((entry) => wants(filter, entry))
  const where = directory === '.' ? 'the root folder' : directory
  if (entries.length === 0)
    return filter === 'all' ? `The folder is empty: ${where}` : `There are no ${filter} directly in ${where}.`
  const shown = entries.slice(0, MOST_LISTED)
  const total = filter === 'all' ? Math.max(outcome.total, entries.length) : entries.length
  const title = `${where} holds ${describe(entries, total)}:`
  const more = total > shown.length ? [`(${String(shown.length)} of ${String(total)} shown)`] : []
  return [title, ...shown.map((entry) => (entry.kind === 'directory' ? `${entry.path}/` : entry.path)), ...more].join(
    '\n',
  )
}

function wants(filter: EntryFilter, entry: Entry): boolean {
  if (filter === 'folders') return entry.kind === 'directory'
  return filter === 'all' || entry.kind !== 'directory'
}

function describe(entries: readonly Entry[], total: number): string {
  if (total > entries.length) return counted(total, 'entry', 'entries')
  const folders = entries.filter((entry) => entry.kind === 'directory').length
  const files = entries.length - folders
  const parts = [...(folders > 0 ? [counted(folders, 'folder')] : []), ...(files > 0 ? [counted(files, 'file')] : [])]
  return parts.join(' and ')
}

/** Lists found paths, one a line, saying how many there are in all. */
export function listPaths(paths: readonly string[], total: number, what: (count: number) => string): string {
  const shown = paths.slice(0, MOST_LISTED)
  const more = total > shown.length ? [`(${String(shown.length)} of ${String(total)} shown)`] : []
  return [`Found ${what(total)}:`, ...shown, ...more].join('\n')
}
