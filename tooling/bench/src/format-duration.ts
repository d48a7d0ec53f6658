/** Gives a time for people: `12.3 µs`, `4.5 ms`. */
export function formatDuration(microseconds: number): string {
  if (microseconds < 1000) return `${microseconds.toFixed(1)} µs`
  return `${(microseconds / 1000).toFixed(1)} ms`
}
