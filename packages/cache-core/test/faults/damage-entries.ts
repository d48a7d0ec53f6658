import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { blobFolder, databaseFolder, growingPrefixes } from '../../src/layout.js'
import { openLevelDatabase, type LevelDatabase } from '../../src/level-database.js'

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const prefix = fc.constantFrom(...growingPrefixes, '!s!', '!s!g:', '!x!', '')
/** Something that happens to one key or file; places are shares of all there are. */
export const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ type: fc.constant('delete'), place }),
  fc.record({ type: fc.constant('flipValue'), place, bit: place }),
  fc.record({ type: fc.constant('flipKey'), place, bit: place }),
  fc.record({ type: fc.constant('insert'), prefix, rest: fc.uint8Array({ maxLength: 12 }), value: fc.uint8Array() }),
  fc.record({ type: fc.constant('copy'), place, prefix }),
  fc.record({ type: fc.constantFrom('deleteBlob', 'flipBlob'), place }),
)

/** What happens to a closed cache. */
export type Damage =
  | { readonly type: 'delete' | 'deleteBlob' | 'flipBlob'; readonly place: number }
  | { readonly type: 'flipValue' | 'flipKey'; readonly place: number; readonly bit: number }
  | { readonly type: 'insert'; readonly prefix: string; readonly rest: Uint8Array; readonly value: Uint8Array }
  | { readonly type: 'copy'; readonly place: number; readonly prefix: string }

/** Does damage to the database and the blobs of a closed cache. */
export async function damageEntries(directory: string, damages: readonly Damage[]): Promise<void> {
  const database = await openLevelDatabase(join(directory, databaseFolder))
  try {
    for (const each of damages)
      if (each.type === 'deleteBlob' || each.type === 'flipBlob') damageBlob(directory, each.place, each.type)
      else await damageKey(database, each)
  } finally {
    await database.close()
  }
}

async function damageKey(
  database: LevelDatabase,
  each: Exclude<Damage, { type: 'deleteBlob' | 'flipBlob' }>,
): Promise<void> {
  const raw = { keyEncoding: 'buffer', valueEncoding: 'buffer' } as const
  if (each.type === 'insert') {
    const key = Buffer.concat([Buffer.from(each.prefix), each.rest, Buffer.from([0])])
    return await database.put(key, Buffer.from(each.value), raw)
  }
  const all = await database.iterator<Buffer, Buffer>(raw).all()
  const [key, value] = all[Math.floor(each.place * all.length)] ?? [Buffer.alloc(1), Buffer.alloc(1)]
  if (each.type === 'copy') await database.put(Buffer.concat([Buffer.from(each.prefix), key.subarray(3)]), value, raw)
  else if (each.type === 'flipValue') await database.put(key, flipped(value, each.bit), raw)
  else {
    await database.del(key, raw)
    if (each.type === 'flipKey') await database.put(flipped(key, each.bit), value, raw)
  }
}

function damageBlob(directory: string, place: number, type: 'deleteBlob' | 'flipBlob'): void {
  const folder = join(directory, blobFolder)
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
  const file = files[Math.floor(place * files.length)]
  if (file === undefined) return
  const path = join(file.parentPath, file.name)
  if (type === 'deleteBlob') rmSync(path)
  else writeFileSync(path, flipped(readFileSync(path), place))
}

function flipped(bytes: Buffer, place: number): Buffer {
  const copy = Buffer.from(bytes)
  const bit = Math.floor(place * copy.length * 8)
  if (copy.length > 0) copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}
