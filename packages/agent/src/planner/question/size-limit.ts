/** Sizes in bytes between which files are wanted. */
export interface SizeLimit {
  readonly min_size?: number
  readonly max_size?: number
}

const PATTERN =
  /\b(?:(?<over>larger|bigger|greater|heavier|more|over|above|at least)|(?<under>smaller|less|lighter|under|below|at most))(?:\s+than)?\s+(?<number>\d+(?:\.\d+)?)\s*(?<unit>bytes?|b|k|kb|kib|kilobytes?|m|mb|mib|megabytes?|g|gb|gib|gigabytes?)\b/i
const FACTORS: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

/** Reads "larger than 2 MB"; a megabyte is 1,048,576 bytes, as `ls -h` and `find -size` count. */
export function findSizeLimit(text: string): SizeLimit | undefined {
  const groups = PATTERN.exec(text)?.groups
  if (groups === undefined) return undefined
  const factor = FACTORS[(groups['unit'] ?? 'b').charAt(0).toLowerCase()] ?? 1
  const bytes = Math.round(Number(groups['number']) * factor)
  return groups['over'] === undefined ? { max_size: bytes } : { min_size: bytes }
}
