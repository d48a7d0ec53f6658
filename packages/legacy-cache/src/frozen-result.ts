/** A result that no holder can change, not even the one who stored it. */
export interface FrozenResult<Result> {
  /** The stored result; the same object each time where it is frozen, a fresh copy where it cannot be. */
  read(): Result
}

/**
 * Copies `result` and freezes the copy.
 *
 * `Object.freeze` does not reach the contents of bytes, maps, sets and dates: a result with one of those inside is
 * copied again for each reader.
 *
 * @throws TypeError when the result holds something that the structured clone algorithm cannot copy, such as a function
 */
export function freezeResult<Result>(result: Result): FrozenResult<Result> {
  const copy = copyOf(result)
  if (!freezeDeeply(copy, new Set())) return { read: () => structuredClone(copy) }
  return { read: () => copy }
}

function copyOf<Result>(result: Result): Result {
  try {
    return structuredClone(result)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new TypeError(`Cannot store result in cache: ${reason}`, { cause })
  }
}

/** Freezes what can be frozen at and below `value`; answers whether all of it could be. */
function freezeDeeply(value: unknown, seen: Set<object>): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value)) return true
  seen.add(value)
  if (!isFreezable(value)) return false
  Object.freeze(value)
  return Object.values(value).reduce<boolean>((all, part) => freezeDeeply(part, seen) && all, true)
}

function isFreezable(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || Array.isArray(value)
}
