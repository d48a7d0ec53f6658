/** Gives milliseconds since the epoch as ISO 8601 in UTC; `null` for times that a date cannot hold. */
export function isoTime(milliseconds: number): string | null {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}
