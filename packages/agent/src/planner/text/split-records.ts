import type { NumberedLine, Passage } from './passages.js'

/** Splits a log: each line stands for itself. */
export function splitRecords(lines: readonly NumberedLine[]): readonly Omit<Passage, 'path'>[] {
  return lines.filter((line) => line.text.trim() !== '').map((line) => ({ lines: [line], context: [] }))
}
