import type { NumberedLine, Passage } from './passages.js'

/** Splits records: each row is a passage below the header row. */
export function splitTable(lines: readonly NumberedLine[]): readonly Omit<Passage, 'path'>[] {
  const [header, ...rows] = lines
  if (header === undefined) return []
  return [
    { lines: [header], context: [] },
    ...rows.filter((row) => row.text.trim() !== '').map((row) => ({ lines: [row], context: [header] })),
  ]
}
