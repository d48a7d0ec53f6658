/**
 * A database of the abstract-level kind: `memory-level`, `classic-level`, a sublevel of one. It must be able to
 * `getSync()` and to keep bytes as they are.
 */
export interface LevelInput {
  readonly status: 'opening' | 'open' | 'closing' | 'closed'
  readonly supports: {
    readonly getSync?: boolean
    readonly encodings?: Readonly<Record<string, boolean>>
  }
  open(options: { readonly passive: boolean }): Promise<void>
  sublevel(name: string, options: { readonly keyEncoding: 'utf8'; readonly valueEncoding: 'buffer' }): unknown
}

/**
 * The level, if it is one.
 *
 * @throws TypeError when it is something else
 */
export function checkLevel(level: LevelInput): LevelInput {
  const input: unknown = level
  const isLevel = typeof input === 'object' && input !== null && 'sublevel' in input && 'supports' in input
  if (!isLevel) throw new TypeError(`Cannot keep cache in ${String(input)}: it is no abstract-level`)
  return level
}
