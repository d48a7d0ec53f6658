import { writeFileSync } from 'node:fs'
import { rgPath } from '@vscode/ripgrep'
import { expect, test } from 'vitest'
import { RipgrepEngine } from '../../src/engine/ripgrep-engine.js'
import { SearchCache } from '../../src/search-cache.js'
import { laterClock, searchBench } from '../support/search-bench.js'

test('grep() gives up a long search for nothing as soon as a list of names shows that it is one', async () => {
  using bench = searchBench({ 'a.txt': 'needle\n', 'far/down/.gitignore': 'b.txt\n', 'far/down/b.txt': 'needle\n' })
  await using process = await bench.open({ clock: laterClock() })
  const { root, index } = process
  // A search of everything never ends and never comes upon the ignore file.
  const script = `#!/bin/sh\ncase "$*" in *--pre=*) exec sleep 600;; esac\nexec '${rgPath}' "$@"\n`
  writeFileSync(bench.join('../rg'), script, { mode: 0o755 })
  const engine = new RipgrepEngine({ executable: bench.join('../rg'), timeoutSeconds: 20 })
  const oneShot = { engine, openStore: async () => undefined, patienceMs: Infinity }
  const cache = new SearchCache({ root, index, oneShot })
  const { files } = await cache.grep({ operation: 'grep', pattern: 'needle', scope: '' })
  expect(files.map(({ path }) => path)).toEqual(['a.txt'])
})
