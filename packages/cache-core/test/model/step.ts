import fc from 'fast-check'

/** The namespaces that are used; the empty name is the cache itself. */
export const names = ['', 'a', 'a:b', '1:a', '\uD800'] as const
const keys = ['', 'k', 'a:k', '!v!', '\uD800', '\uDFFF', '\uFFFF', 'ключ', '😀']
const tags = ['t', 'tt', '', '\uD800']

/** How an entry is stored. */
export interface Stored {
  readonly ttl: number
  readonly tags: string[]
}

/** One use of one of the stores. */
export type StoreStep = { readonly name: string } & (
  | { readonly type: 'set' | 'getOrSet'; readonly key: string; readonly value: unknown; readonly stored: Stored }
  | { readonly type: 'setMany'; readonly pairs: [string, unknown][]; readonly stored: Stored }
  | { readonly type: 'get' | 'getSync' | 'lookup' | 'has' | 'delete'; readonly key: string }
  | { readonly type: 'getMany' | 'deleteMany'; readonly keys: string[] }
  | { readonly type: 'deleteByTag'; readonly tag: string }
  | { readonly type: 'keys'; readonly prefix: string }
  | { readonly type: 'clear' | 'stats' }
)

/** Something that happens to the whole cache. */
export type CacheStep =
  | { readonly type: 'advance'; readonly milliseconds: number }
  | { readonly type: 'setBack' | 'compact' | 'verify' | 'backup' | 'restore' }
  | { readonly type: 'reopen'; readonly memoryLimit: number }

export type Step = StoreStep | CacheStep

const name = fc.constantFrom(...names)
const key = fc.constantFrom(...keys)
const several = fc.array(key, { maxLength: 5 })
const stored = fc.record({ ttl: fc.constantFrom(0, 0, 1, 60), tags: fc.subarray(tags) })
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.uint8Array(),
  fc.record({ large: fc.integer({ min: 0, max: 1 }) }),
  fc.record({ list: fc.array(fc.double()), nothing: fc.constant(null), big: fc.bigInt() }),
)

function steps<Type extends Step['type'], Fields extends object>(
  weight: number,
  type: Type,
  fields: fc.Arbitrary<Fields>,
) {
  return { weight, arbitrary: fields.map((each) => ({ type, ...each })) }
}

/** Everything that the interface can do. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  steps(8, 'set', fc.record({ name, key, value, stored })),
  steps(2, 'setMany', fc.record({ name, pairs: fc.array(fc.tuple(key, value), { maxLength: 5 }), stored })),
  steps(3, 'getOrSet', fc.record({ name, key, value, stored })),
  steps(4, 'get', fc.record({ name, key })),
  steps(3, 'getSync', fc.record({ name, key })),
  steps(1, 'lookup', fc.record({ name, key })),
  steps(2, 'getMany', fc.record({ name, keys: several })),
  steps(2, 'has', fc.record({ name, key })),
  steps(3, 'delete', fc.record({ name, key })),
  steps(1, 'deleteMany', fc.record({ name, keys: several })),
  steps(1, 'deleteByTag', fc.record({ name, tag: fc.constantFrom(...tags) })),
  steps(1, 'clear', fc.record({ name })),
  steps(2, 'keys', fc.record({ name, prefix: fc.constantFrom('', 'k', '!', '\uD83D', '\uD800') })),
  steps(2, 'stats', fc.record({ name })),
  steps(2, 'advance', fc.record({ milliseconds: fc.constantFrom(1, 999, 30_000) })),
  steps(1, 'setBack', fc.record({})),
  steps(1, 'compact', fc.record({})),
  steps(1, 'verify', fc.record({})),
  steps(1, 'backup', fc.record({})),
  steps(1, 'restore', fc.record({})),
  steps(1, 'reopen', fc.record({ memoryLimit: fc.constantFrom(0, 100_000) })),
)

/** Stands for one of two values that become blobs, so that a counterexample can be read. */
export function expand(shown: unknown): unknown {
  const isLarge = typeof shown === 'object' && shown !== null && 'large' in shown
  return isLarge ? 'x'.repeat(70_000) + String(shown.large) : shown
}
