import type { StatisticsDocument } from '@fsagent/agent'
import { formatBytes } from '../rendering/format-bytes.js'
import type { Terminal } from '../terminal.js'

type Row = readonly [label: string, value: string]
type OldCache = StatisticsDocument['old_cache']
type NewCache = StatisticsDocument['new_cache']

/** Gives the statistics document as a table for people. */
export function renderStatistics(statistics: StatisticsDocument, colors: Terminal['colors']): string {
  return [
    colors.bold('Persistent cache (v3)'),
    ...table(newCacheRows(statistics.new_cache)),
    '',
    colors.bold('Cache in memory (v2)'),
    ...table(oldCacheRows(statistics.old_cache)),
    '',
  ].join('\n')
}

function newCacheRows(cache: NewCache): readonly Row[] {
  if (!cache.enabled) return [['state', 'off']]
  const { disk_cache: disk, content, search, memory } = cache
  return [
    ['state', cache.role === 'degraded' ? 'degraded: it works without its store' : cache.role],
    ['directory', disk.directory],
    ['entries', String(disk.size)],
    ['size', `${formatBytes(disk.volume)} of ${formatBytes(disk.size_limit)}`],
    ['in memory', `${memory.size} entries, ${formatBytes(memory.bytes)} of ${formatBytes(memory.limit)}`],
    [
      'file contents',
      `${content.hits} hits, ${content.misses} misses, ${content.stale} stale; ${expiry(cache.content_ttl)}`,
    ],
    [
      'searches',
      `${search.hits} hits, ${search.repaired} repaired, ${search.misses} misses, ${search.stale} stale; ${expiry(cache.search_ttl)}`,
    ],
    ['freshness', `${cache.configuration.freshness_mode} (${cache.configuration.freshness_reason})`],
  ]
}

function oldCacheRows(cache: OldCache): readonly Row[] {
  if (!cache.enabled) return [['state', 'off']]
  return [
    ['state', 'on'],
    ['entries', `${cache.size} of ${cache.max_size}`],
    ['calls', `${cache.hits} hits, ${cache.misses} misses; ${expiry(cache.ttl_seconds)}`],
  ]
}

function expiry(ttlSeconds: number): string {
  return ttlSeconds === 0 ? 'no expiry' : `expire after ${ttlSeconds} s`
}

function table(rows: readonly Row[]): readonly string[] {
  const width = Math.max(...rows.map(([label]) => label.length)) + 2
  return rows.map(([label, value]) => `  ${label.padEnd(width)}${value}`)
}
