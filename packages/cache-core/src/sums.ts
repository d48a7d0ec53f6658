/** How much there is, of a namespace or of all. */
export interface Sums {
  entries: number
  bytes: number
  /** Those of the bytes that belong to entries whose value is a blob, outside the database. */
  blobBytes: number
}

/** No entries and no bytes. */
export function noSums(): Sums {
  return { entries: 0, bytes: 0, blobBytes: 0 }
}

/** Adds sums to others, or takes them away. */
export function addSums(sums: Sums, more: Readonly<Sums>, sign: 1 | -1): void {
  sums.entries += sign * more.entries
  sums.bytes += sign * more.bytes
  sums.blobBytes += sign * more.blobBytes
}
