import { setTimeout } from 'node:timers/promises'
import { PersistentCache } from '@fsagent/cache-core'

/*
 * A process that opens a cache, lets it do what it does after that, and prints how long opening took and how much
 * memory the process has then.
 */
const SETTLE_MS = 1000
const directory = process.argv[2] ?? ''
const started = performance.now()
await using cache = await PersistentCache.open({ directory, sizeLimit: 2 ** 40 })
const openMs = performance.now() - started
await setTimeout(SETTLE_MS)
console.log(JSON.stringify({ openMs, residentMb: process.memoryUsage.rss() / 1_000_000, entries: cache.stats().size }))
