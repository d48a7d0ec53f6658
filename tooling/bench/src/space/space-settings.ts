/** How much of everything the measuring of space does. */
export interface SpaceSettings {
  /** Bytes of text of each kind. */
  readonly textBytes: number
  /** Size limit of the cache that is written twice over, in bytes. */
  readonly churnLimit: number
  /** Entries of the store that is opened. */
  readonly openEntries: number
  /** How often it is opened. */
  readonly openRounds: number
}

/** What `npm run bench -- space` does. */
export const fullSpace: SpaceSettings = {
  textBytes: 16_777_216,
  churnLimit: 67_108_864,
  openEntries: 1_000_000,
  openRounds: 9,
}

/** What it does with `--quick`. */
export const quickSpace: SpaceSettings = {
  textBytes: 4_194_304,
  churnLimit: 16_777_216,
  openEntries: 100_000,
  openRounds: 5,
}

/** What it does with `--smoke`. */
export const smokeSpace: SpaceSettings = { textBytes: 262_144, churnLimit: 2_097_152, openEntries: 500, openRounds: 1 }
