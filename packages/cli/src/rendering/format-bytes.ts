const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** Gives a size for people: `1.5 MiB`; whole bytes below one KiB. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`
}
