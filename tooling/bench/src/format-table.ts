/** How a column of a table is shown. */
export type Alignment = 'left' | 'right'

/** How a table is written: for a terminal, or for a page in Markdown. */
export type TableStyle = 'text' | 'markdown'

/** A table with a head, as lines. */
export function formatTable(
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[],
  style: TableStyle,
): readonly string[] {
  if (style === 'markdown') {
    const rule = alignments.map((alignment) => (alignment === 'right' ? '---:' : '---'))
    return [...rows.slice(0, 1), rule, ...rows.slice(1)].map((row) => `| ${row.join(' | ')} |`)
  }
  const widths = alignments.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return alignments[column] === 'right' ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd(),
  )
}
