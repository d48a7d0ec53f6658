import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PersistentCache } from '@fsagent/cache-core'
import { ClassicLevel } from 'classic-level'
import { LRUCache } from 'lru-cache'
import { measure } from '../measure.js'
import type { Comparison } from '../report.js'
import { withTemporaryFolder } from '../temporary-folder.js'

const ENTRIES = 2000
const SAMPLES = 200
const SIZES = [1024, 16_384, 262_144] as const

/** Hits of `PersistentCache` beside classic-level's own reads, lru-cache and plain files. */
export async function storeSuite(): Promise<readonly Comparison[]> {
  const comparisons: Comparison[] = []
  for (const size of SIZES) comparisons.push(await withTemporaryFolder((folder) => compareHits(folder, size)))
  return comparisons
}

async function compareHits(folder: string, size: number): Promise<Comparison> {
  const entries = Math.min(ENTRIES, Math.floor(200_000_000 / size))
  await using cache = await PersistentCache.open({ directory: join(folder, 'cache') })
  await using cold = await PersistentCache.open({ directory: join(folder, 'cold'), memoryLimit: 0 })
  const level = new ClassicLevel<string, Buffer>(join(folder, 'level'), { valueEncoding: 'buffer' })
  const memory = new LRUCache<string, Buffer>({ max: entries })
  const keys = Array.from({ length: entries }, (_, index) => `key-${index}`)
  for (const key of keys) {
    const value = randomBytes(size)
    await Promise.all([cache.set(key, value), cold.set(key, value), level.put(key, value)])
    memory.set(key, value)
    writeFileSync(join(folder, key), value)
  }
  let turn = 0
  const next = (): string => keys[(turn = (turn + 7919) % entries)] ?? ''
  const hot = keys[0] ?? ''
  const measurements = await measure(
    [
      { name: 'classic-level getSync', run: () => level.getSync(next()), repeat: 20 },
      { name: 'classic-level awaited get', run: () => level.get(next()), repeat: 20 },
      { name: 'PersistentCache memory tier, awaited', run: () => cache.get(hot), repeat: 20 },
      { name: 'PersistentCache on disk, awaited', run: () => cold.get(next()), repeat: 20 },
      { name: 'lru-cache (memory only)', run: () => memory.get(next()), repeat: 20 },
      { name: 'fs.readFileSync', run: () => readFileSync(join(folder, next())), repeat: 20 },
    ],
    SAMPLES,
  )
  await level.close()
  return { title: `A hit of ${size} bytes among ${entries} entries`, measurements }
}
