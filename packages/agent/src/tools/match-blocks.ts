import type { GrepFile, GrepLine } from '@fsagent/search-cache'

/** One match with the context that is printed with it. */
export interface MatchBlock {
  readonly path: string
  readonly lines: readonly GrepLine[]
  /** The block that is printed in front of it. */
  readonly before: MatchBlock | undefined
}

/**
 * Gives the matches of a search, one block each, so that a page of them can be cut out.
 *
 * A context line between two matches goes with the one before while that one's context reaches it, else with the next.
 *
 * @param after number of context lines after a match
 */
export function matchBlocks(files: readonly GrepFile[], after: number): MatchBlock[] {
  const blocks: MatchBlock[] = []
  for (const file of files)
    for (const lines of groupLines(file, after)) blocks.push({ path: file.path, lines, before: blocks.at(-1) })
  return blocks
}

/**
 * A block as `grep -rn` prints it.
 *
 * @param separated whether `--` stands between groups
 */
export function printBlock({ path, lines, before }: MatchBlock, separated: boolean): string {
  let previous = before?.path === path ? before.lines.at(-1) : undefined
  let isFirst = before === undefined
  let text = ''
  for (const line of lines) {
    if (separated && !isFirst && line.line - 1 !== previous?.line) text += '--\n'
    const mark = line.kind === 'match' ? ':' : '-'
    text += `${path}${mark}${line.line}${mark}${line.text}\n`
    previous = line
    isFirst = false
  }
  return text
}

function groupLines({ matches }: GrepFile, after: number): readonly (readonly GrepLine[])[] {
  const groups: GrepLine[][] = []
  let pending: GrepLine[] = []
  let lastMatch = -Infinity
  for (const line of matches) {
    const current = groups.at(-1)
    if (line.kind === 'match') {
      groups.push([...pending, line])
      pending = []
      lastMatch = line.line
    } else if (current !== undefined && line.line <= lastMatch + after) current.push(line)
    else pending.push(line)
  }
  return groups
}
