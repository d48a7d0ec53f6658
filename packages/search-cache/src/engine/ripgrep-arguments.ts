import { VCS_DIRECTORIES } from '../selection/vcs-directories.js'
import type { EngineQuery } from './search-engine.js'

/**
 * Options that make ripgrep depend on nothing but its arguments and the files, and print records that can be taken
 * apart whatever the names and lines contain: `path NUL line ":" text LF`. (`--json` costs 20 % more in ripgrep and
 * several times more to parse.) Two threads leave the event loop and the machine room to breathe.
 */
const FIXED_OPTIONS = [
  '--no-config',
  '--no-ignore',
  '--hidden',
  '--no-mmap',
  '--threads=2',
  '--color=never',
  '--no-heading',
  '--with-filename',
  '--line-number',
  '--null',
]

const VCS_GLOBS = Array.from(VCS_DIRECTORIES, (name) => `--glob=!${name}`)
/** Has ripgrep search what it finds in a directory as it does what is named; globs do not concern what is named. */
const WHOLE_OPTIONS = ['--binary', ...VCS_GLOBS]
const SKIP_AWKWARD_OPTION = '--glob=!*\n*'
/** A program that cannot be there on any system: ripgrep says so of each file that it would have to run it for. */
const NO_PROGRAM_OPTION = '--pre=/dev/null/<no program>'

/**
 * ripgrep's arguments for a query, up to and including the `--` before the files and directories.
 *
 * @param refused globs of names; of a file of such a name, ripgrep says that a preprocessor could not be started
 */
export function ripgrepArguments(query: EngineQuery, refused?: readonly string[]): string[] {
  const options = [...FIXED_OPTIONS, ...WHOLE_OPTIONS]
  if (refused === undefined) options.push(SKIP_AWKWARD_OPTION)
  else options.push(NO_PROGRAM_OPTION, ...refused.map((glob) => `--pre-glob=${glob}`))
  const form = recordForm(query)
  if (form === 'files') options.push('--files-with-matches')
  if (form === 'count') options.push('--count')
  options.push(query.ignoreCase ? '--ignore-case' : '--case-sensitive')
  if (query.fixed) options.push('--fixed-strings')
  if (query.multiline) options.push('--multiline')
  if (query.wordRegexp) options.push('--word-regexp')
  return [...options, `--regexp=${query.pattern}`, '--']
}

/** ripgrep's arguments for listing what has one of these names, up to and including the `--` before the directories. */
export function nameArguments(globs: readonly string[]): string[] {
  const wanted = globs.map((glob) => `--glob=${glob}`)
  return ['--files', '--no-config', '--no-ignore', '--hidden', '--threads=2', ...wanted, ...VCS_GLOBS, '--']
}

/** What ripgrep prints for the query; counts of multi-line matches are not counts of lines, so it prints the lines. */
export function recordForm(query: EngineQuery): 'content' | 'files' | 'count' {
  return query.mode === 'count' && query.multiline ? 'content' : query.mode
}

const BYTES_PER_RUN = process.platform === 'win32' ? 24_000 : 512 * 1024
const POINTER_BYTES = 9

/** Splits arguments so that each run stays far below the length that the operating system takes. */
export function* argumentChunks(paths: readonly string[]): Generator<readonly string[]> {
  let start = 0
  let bytes = 0
  for (const [index, path] of paths.entries()) {
    const length = Buffer.byteLength(path) + POINTER_BYTES
    if (bytes + length > BYTES_PER_RUN && index > start) {
      yield paths.slice(start, index)
      start = index
      bytes = 0
    }
    bytes += length
  }
  if (start < paths.length) yield paths.slice(start)
}
