import type { GrepFile, GrepLine } from '@fsagent/search-cache'

/** A line of a file in a search result. */
export interface GrepRow extends GrepLine {
  readonly path: string
}

/** One match with the context that is printed with it, as `grep -rn` prints it. */
export interface MatchBlock {
  readonly rows: readonly GrepRow[]
  readonly text: string
}

/** How blocks are made: `after` is the number of context lines, `separated` whether `--` stands between groups. */
export interface BlockOptions {
  readonly after: number
  readonly separated: boolean
}

/**
 * Gives the matches of a search, one block each, so that a page of them can be cut out.
 *
 * A context line between two matches goes with the one before while that one's context reaches it, else with the next.
 */
export function matchBlocks(files: readonly GrepFile[], options: BlockOptions): MatchBlock[] {
  let previous: GrepRow | undefined
  return files.flatMap((file) =>
    groupRows(file, options.after).map((rows) => {
      const text = rows.map((row) => {
        const separator = options.separated && previous !== undefined && !follows(row, previous) ? '--\n' : ''
        previous = row
        return separator + printed(row)
      })
      return { rows, text: text.join('') }
    }),
  )
}

function groupRows(file: GrepFile, after: number): GrepRow[][] {
  const groups: GrepRow[][] = []
  let pending: GrepRow[] = []
  let lastMatch = -Infinity
  for (const line of file.matches) {
    const row = { ...line, path: file.path }
    const current = groups.at(-1)
    if (line.kind === 'match') {
      groups.push([...pending, row])
      pending = []
      lastMatch = line.line
    } else if (current !== undefined && line.line <= lastMatch + after) current.push(row)
    else pending.push(row)
  }
  return groups
}

function follows(row: GrepRow, previous: GrepRow): boolean {
  return row.path === previous.path && row.line === previous.line + 1
}

function printed({ path, line, text, kind }: GrepRow): string {
  const mark = kind === 'match' ? ':' : '-'
  return `${path}${mark}${line}${mark}${text}\n`
}
