/** A small repeatable source of randomness for tests that print their seed. */
export interface SeededRandom {
  readonly seed: number
  /** A number in [0, 1). */
  next(): number
  /** A whole number in [minimum, maximum]. */
  integer(minimum: number, maximum: number): number
  /** One of the values; throws a RangeError when there is none. */
  pick<Value>(values: readonly Value[]): Value
}

/** Mulberry32: 32 bits of state, good enough to choose test cases, not for secrets. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const integer = (minimum: number, maximum: number): number => minimum + Math.floor(next() * (maximum - minimum + 1))
  return {
    seed,
    next,
    integer,
    pick: (values) => {
      const value = values[integer(0, values.length - 1)]
      if (value === undefined) throw new RangeError('Cannot pick a value: there are none')
      return value
    },
  }
}
