import type { Scenario } from './scenario.js'

/** Each file system stamps its files in a way of its own: by nanoseconds, by the ticks of the kernel, by seconds. */
export const scenarios: readonly Scenario[] = [
  { title: 'scan', place: 'temporary', freshness: 'scan', agents: ['here'] },
  { title: 'watch', place: 'temporary', freshness: 'watch', agents: ['here'] },
  { title: 'single commands', place: 'temporary', freshness: 'scan', agents: ['command'] },
  { title: 'scan on ramfs', place: 'ramfs', freshness: 'scan', agents: ['here'] },
  { title: 'watch on tmpfs', place: 'tmpfs', freshness: 'watch', agents: ['here'] },
  { title: 'scan on ext4 with 128-byte inodes', place: 'ext4-128', freshness: 'scan', agents: ['here'] },
  { title: 'watch on ext4 with 128-byte inodes', place: 'ext4-128', freshness: 'watch', agents: ['here'] },
  { title: 'scan on overlay', place: 'overlay', freshness: 'scan', agents: ['here'] },
  { title: 'watch on overlay', place: 'overlay', freshness: 'watch', agents: ['here'] },
  { title: 'scan by two processes', place: 'temporary', freshness: 'scan', agents: ['here', 'apart'], stops: true },
  { title: 'watch by two processes', place: 'temporary', freshness: 'watch', agents: ['here', 'apart'], stops: true },
  { title: 'watch with too few watches', place: 'temporary', freshness: 'watch', agents: ['apart'], mostWatches: 4 },
]

/** Those of long runs, besides. */
export const longScenarios: readonly Scenario[] = [
  { title: 'scan on xfs', place: 'xfs', freshness: 'scan', agents: ['here'] },
  { title: 'watch on xfs', place: 'xfs', freshness: 'watch', agents: ['here'] },
  { title: 'scan on btrfs', place: 'btrfs', freshness: 'scan', agents: ['here'] },
  { title: 'watch on btrfs', place: 'btrfs', freshness: 'watch', agents: ['here'] },
]
