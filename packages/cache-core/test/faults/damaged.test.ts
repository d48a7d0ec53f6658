import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { seededRandom, temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { damageFiles } from './damage-files.js'
import { filledCaches } from './filled-caches.js'
import { Examiner } from './examiner.js'
import { printCounts, runSize } from './run-size.js'

test(
  `damaged files of any kind give right answers or none, and the cache goes on (${runSize.seeds} seeds from ${runSize.firstSeed})`,
  { timeout: runSize.timeoutMs },
  async () => {
    using home = temporaryDirectory('fsagent-damaged-')
    const caches = await filledCaches(home)
    await using examiner = new Examiner('damaged-opener.mjs')
    const failures: string[] = []
    const report = { seeds: 0, found: 0, setAside: 0 }
    for (let seed = runSize.firstSeed; seed < runSize.firstSeed + runSize.seeds; seed += 1) {
      const random = seededRandom(seed)
      const { name, directory, expectedFile } = random.pick(caches)
      const copy = home.join(`seed-${seed}`)
      // It copies sockets too.
      spawnSync('cp', ['-a', directory, copy])
      const damage = damageFiles(copy, random)
      const answer = await examiner.examine({ directory: copy, expectedFile })
      report.seeds += 1
      report.found += answer.found
      if (answer.warnings.includes('CACHE_DATABASE_SET_ASIDE')) report.setAside += 1
      for (const what of answer.wrong) failures.push(`seed ${seed}, ${name}, ${damage}: ${what}`)
      rmSync(copy, { recursive: true, force: true })
    }
    printCounts({ ...report, ended: examiner.ends, failures: failures.length })
    expect(failures.slice(0, 10)).toEqual([])
    // Otherwise a cache that forgets everything would pass.
    expect(report.found).toBeGreaterThan(report.seeds * 100)
  },
)
