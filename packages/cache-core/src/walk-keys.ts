import { isUtf8 } from 'node:buffer'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { endOf } from './layout.js'
import type { EntryDatabase } from './level-database.js'

/** Keys handed out without letting other work of the process have its turn. */
const stepLength = 128

/** Some of the keys in a range, in their order. */
export interface WalkedKeys {
  readonly keys: readonly string[]
  /** Keys that are no text: damage, for every key of ours is. */
  readonly illegible: readonly Buffer[]
}

/** The keys of a sublevel, as they were when the walk began. */
export function walkSublevel(database: EntryDatabase, prefix: string): AsyncGenerator<WalkedKeys> {
  return walkKeys(database, { gte: Buffer.from(prefix), lt: Buffer.from(endOf(prefix)) })
}

/** The keys in a range, as they were when the walk began, some hundred at a time. */
export async function* walkKeys(
  database: EntryDatabase,
  range: { readonly gte?: Buffer; readonly lt?: Buffer },
): AsyncGenerator<WalkedKeys> {
  const iterator = database.keys({ ...range, keyEncoding: 'buffer', fillCache: false })
  try {
    for (;;) {
      const found: readonly Buffer[] = await iterator.nextv(stepLength)
      if (found.length === 0) return
      yield {
        keys: found.filter((key) => isUtf8(key)).map(String),
        illegible: found.filter((key) => !isUtf8(key)),
      }
      await nextTurn()
    }
  } finally {
    await iterator.close()
  }
}
