import { report, type Comparison } from './report.js'
import { contentSuite } from './suites/content-suite.js'
import { searchSuite } from './suites/search-suite.js'
import { storeSuite } from './suites/store-suite.js'

const suites: Readonly<Record<string, () => Promise<readonly Comparison[]>>> = {
  store: storeSuite,
  content: contentSuite,
  search: searchSuite,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(suites, name))
if (unknown.length > 0) {
  console.error(`Cannot run benchmark "${unknown.join(', ')}": known ones are ${Object.keys(suites).join(', ')}`)
  process.exitCode = 2
} else {
  for (const [name, suite] of Object.entries(suites)) {
    if (wanted.length === 0 || wanted.includes(name)) report(name, await suite())
  }
}
