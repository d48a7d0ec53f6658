import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { seededRandom, type TemporaryDirectory } from '@fsagent/testing'
import { PersistentCache } from '../../src/index.js'

/** A cache on disk that nobody has open, and a file that says what is in it. */
export interface FilledCache {
  readonly name: string
  readonly directory: string
  readonly expectedFile: string
}

/** An entry as the file has it. */
interface Entry {
  readonly namespace: string
  readonly key: string
  readonly value: string
  readonly tags: readonly string[]
}

/** What is done with the entries before the cache is left. */
const histories: Readonly<
  Record<string, { readonly valueBytes: number; readonly rounds: number; isSettled: boolean }>
> = {
  'in tables': { valueBytes: 150, rounds: 1, isSettled: true },
  'in the log of a killed process': { valueBytes: 150, rounds: 1, isSettled: false },
  'in several tables and the log': { valueBytes: 4000, rounds: 4, isSettled: false },
}

/** Fills caches whose files differ in kind and number. */
export async function filledCaches(home: TemporaryDirectory): Promise<readonly FilledCache[]> {
  const caches: FilledCache[] = []
  for (const [name, { valueBytes, rounds, isSettled }] of Object.entries(histories)) {
    const entries = entriesOf(valueBytes)
    const [directory, expectedFile] = [home.join(`cache-${caches.length}`), home.join(`entries-${caches.length}`)]
    writeFileSync(expectedFile, JSON.stringify(entries))
    const open = isSettled ? directory : `${directory}-open`
    const cache = await PersistentCache.open({ directory: open })
    for (let round = 1; round < rounds; round += 1)
      await storeAll(
        cache,
        entries.map((entry) => ({ ...entry, value: `old ${round} ${entry.value}` })),
      )
    await storeAll(cache, entries)
    if (isSettled) await cache.compact()
    // As a kill would leave it. Another process copies: reading a LOCK file would drop the lock of this one.
    else spawnSync('cp', ['-a', open, directory])
    await cache.close()
    caches.push({ name, directory, expectedFile })
  }
  return caches
}

async function storeAll(cache: PersistentCache, entries: readonly Entry[]): Promise<void> {
  for (const { namespace, key, value, tags } of entries)
    await (namespace === '' ? cache : cache.namespace(namespace)).set(key, value, { tags })
}

const random = seededRandom(4711)
const noise = Buffer.from(Array.from({ length: 100_000 }, () => random.integer(0, 255)))

function entriesOf(valueBytes: number): readonly Entry[] {
  const keys = Array.from({ length: 150 }, (_, index) => `key-${index}`)
  return ['', 'other'].flatMap((namespace) =>
    keys.map((key, index) => {
      const length = index % 50 === 7 ? 70_000 : valueBytes
      // A beginning that says what it is, and then what cannot be compressed.
      const value = `${namespace}/${key} ${noise.subarray(index * 50, index * 50 + length).toString('base64')}`
      return { namespace, key, value, tags: [index % 2 === 0 ? 'even' : 'odd'] }
    }),
  )
}
