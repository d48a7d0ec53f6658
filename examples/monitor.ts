// Prints the state of a cache once a period, and what is worth an alert. `npm run example -- monitor --help` tells more.
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createAgent, type StatisticsDocument } from '@fsagent/agent'

const { values } = parseArgs({
  options: {
    'data-root': { type: 'string', default: 'data' },
    'cache-directory': { type: 'string', default: 'tmp/cache' },
    every: { type: 'string', default: '10' },
    times: { type: 'string', default: '0' },
    share: { type: 'string', default: '0.9' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log(`monitor [--data-root DIR] [--cache-directory DIR] [--every SECONDS] [--times N] [--share OF_THE_LIMIT]
Opens the cache as one more process beside those that use it, prints one JSON line a period, and alerts on stderr.
--times 0 goes on until it is interrupted.`)
} else await monitor()

async function monitor(): Promise<void> {
  const [every, times, share] = [Number(values.every), Number(values.times), Number(values.share)]
  if (![every, times, share].every((value) => value >= 0))
    throw new RangeError('Cannot monitor: give numbers of 0 or more')
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort())
  await using agent = await createAgent({
    dataRoot: values['data-root'],
    cacheDirectory: values['cache-directory'],
    useNewCache: true,
  })
  for (let turn = 1; !interrupted.signal.aborted; turn += 1) {
    const statistics = agent.getCacheStats()
    console.log(JSON.stringify({ at: new Date().toISOString(), ...statistics }))
    for (const alert of alertsOf(statistics, share)) console.error(`alert: ${alert}`)
    if (turn === times) break
    await sleep(every * 1000, undefined, { signal: interrupted.signal }).catch((error: unknown) => {
      if (!interrupted.signal.aborted) throw error
    })
  }
}

function alertsOf({ new_cache: cache }: StatisticsDocument, share: number): readonly string[] {
  if (!cache.enabled) return ['the v3 cache is off']
  const { directory, volume, size_limit: limit } = cache.disk_cache
  const alerts: string[] = []
  if (volume > share * limit)
    alerts.push(`${volume} of ${limit} bytes are in use: the least recently used entries go next`)
  if (cache.role === 'degraded') alerts.push('the store cannot be used now: answers are right, and uncached')
  if (!existsSync(directory)) alerts.push(`the directory ${directory} is missing`)
  return alerts
}
