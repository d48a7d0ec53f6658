import { parseArgs } from 'node:util'
import { fullAgent, quickAgent, smokeAgent } from './caches/agent-settings.js'
import { report } from './report.js'
import { fullSpace, quickSpace, smokeSpace } from './space/space-settings.js'
import { fullStore, quickStore, smokeStore } from './store/store-settings.js'
import { fullSearch, quickSearch, smokeSearch } from './search/search-settings.js'
import { joinResults, type SuiteResult } from './suite-result.js'
import { agentSuite } from './suites/agent-suite.js'
import { contentSuite } from './suites/content-suite.js'
import { searchSuite } from './suites/search-suite.js'
import { spaceSuite } from './suites/space-suite.js'
import { storeSuite } from './suites/store-suite.js'

const searchSettings = { full: fullSearch, quick: quickSearch, smoke: smokeSearch }
const storeSettings = { full: fullStore, quick: quickStore, smoke: smokeStore }
const spaceSettings = { full: fullSpace, quick: quickSpace, smoke: smokeSpace }
const agentSettings = { full: fullAgent, quick: quickAgent, smoke: smokeAgent }

type Extent = keyof typeof storeSettings

const suites: Readonly<Record<string, (extent: Extent) => Promise<SuiteResult>>> = {
  store: async (extent) =>
    joinResults([await storeSuite(storeSettings[extent]), await spaceSuite(spaceSettings[extent])]),
  space: (extent) => spaceSuite(spaceSettings[extent]),
  content: contentSuite,
  search: (extent) => searchSuite(searchSettings[extent]),
  agent: (extent) => agentSuite(agentSettings[extent]),
}

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    /** Fewer entries and turns: for a look, not for a comparison. */
    quick: { type: 'boolean', default: false },
    /** As few as show that everything runs. */
    smoke: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
  },
})
const extent = extentOf(options)
const unknown = wanted.filter((name) => !Object.hasOwn(suites, name))
if (unknown.length > 0) {
  console.error(`Cannot run benchmark "${unknown.join(', ')}": known ones are ${Object.keys(suites).join(', ')}`)
  process.exitCode = 2
} else {
  for (const [name, suite] of Object.entries(suites)) {
    // Without names all of them; the space that a store takes is part of its comparison then.
    if (wanted.length > 0 ? !wanted.includes(name) : name === 'space') continue
    report(name, await suite(extent), {
      style: options.markdown ? 'markdown' : 'text',
      directory: 'bench-results',
    })
  }
}

function extentOf({ quick, smoke }: { readonly quick: boolean; readonly smoke: boolean }): Extent {
  if (smoke) return 'smoke'
  return quick ? 'quick' : 'full'
}
