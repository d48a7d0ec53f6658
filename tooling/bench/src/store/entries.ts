import { randomBytes } from 'node:crypto'
import { gatherText, sourceFiles } from '../gather-text.js'

/** The entries that all engines hold; keys come in an order that no engine can foresee from the last one. */
export interface Entries {
  readonly list: readonly (readonly [string, Buffer])[]
  /** Each time another key. */
  readonly next: () => string
  /** Any key, those of a moment ago among them: as many callers choose that know nothing of each other. */
  readonly anyKey: () => string
  /** Each time another one of a few keys. */
  readonly nextHot: () => string
  /** A new value, of the size of all others; after some hundred more its memory is used again for another one. */
  readonly value: () => Buffer
}

/** Larger than any number of entries here, and prime: in steps of it every key is met before one comes again. */
const STEP = 1_000_003
const HOT_KEYS = 50
const SPARE_VALUES = 256

/** Random bytes, so that no engine gains by compression what it would not gain with images or archives. */
export function makeEntries(count: number, valueBytes: number): Entries {
  return entriesOf(
    Array.from({ length: count }, () => randomBytes(valueBytes)),
    valueBytes,
  )
}

/** Pieces of source files, again from the first when there are no more. */
export function makeTextEntries(count: number, valueBytes: number): Entries {
  const text = Buffer.from(gatherText(sourceFiles, count * valueBytes))
  const pieces = Math.max(1, Math.floor(text.length / valueBytes))
  const pieceAt = (index: number): Buffer => text.subarray(index * valueBytes, (index + 1) * valueBytes)
  return entriesOf(
    Array.from({ length: count }, (_, index) => pieceAt(index % pieces)),
    valueBytes,
  )
}

function entriesOf(values: readonly Buffer[], valueBytes: number): Entries {
  const count = values.length
  let made = 0
  const spare = Array.from({ length: SPARE_VALUES }, () => randomBytes(valueBytes))
  const [nextIndex, nextHotIndex, nextSpare] = [walk(count), walk(Math.min(count, HOT_KEYS)), walk(SPARE_VALUES)]
  return {
    list: values.map((value, index) => [keyOf(index), value]),
    next: () => keyOf(nextIndex()),
    anyKey: () => keyOf(Math.floor(Math.random() * count)),
    nextHot: () => keyOf(nextHotIndex()),
    value: () => {
      const value = spare[nextSpare()] ?? Buffer.alloc(valueBytes)
      // Never the same bytes again: who stores equal values once must not win by that.
      value.writeUInt32LE((made += 1), 0)
      return value
    },
  }
}

function keyOf(index: number): string {
  return `entry-${index}`
}

function walk(count: number): () => number {
  let index = Math.floor(Math.random() * count)
  return () => (index = (index + STEP) % count)
}
