import { counted } from '../answer/cite.js'
import type { Plan } from '../plan.js'
import type { Question } from '../question/read-question.js'
import { splitScope } from '../question/target.js'
import { nameWords, resolveNames } from '../resolve/resolve-names.js'
import { baseName, nameStems } from '../resolve/path-tokens.js'
import { stem } from '../text/stem.js'
import { answerOpenQuestion } from './open.js'
import { searchFiles } from './search-plan.js'
import { readSearchFragment } from './search.js'

const MOST_LISTED = 50

/** Finds what carries the words of a phrase in its name; when no name does, the contents are searched. */
export function* findPhrase(phrase: string, question: Question): Plan {
  const [files = [], folders = []] = yield* resolveNames([
    { phrase, type: 'file' },
    { phrase, type: 'directory' },
  ])
  const found = strongest([...folders.map((path) => `${path}/`), ...files], phrase)
  if (found.length === 0) return yield* searchContents(question)
  const shown = found.slice(0, MOST_LISTED)
  const more = found.length > shown.length ? [`(${String(shown.length)} of ${String(found.length)} shown)`] : []
  return [`Found ${counted(found.length, 'name')} for "${phrase}":`, ...shown, ...more].join('\n')
}

/** "Find X" with no such name is a search for X; "where is X" is a question about X. */
function* searchContents(question: Question): Plan {
  const fragment = /^(?:find|locate|look for|search for)\s+(?:me\s+)?(.+)$/i.exec(question.masked)?.[1]
  const search = fragment === undefined ? undefined : readSearchFragment(fragment, question)
  return search === undefined ? yield* answerOpenQuestion(question) : yield* searchFiles(search, question)
}

/** A single word may stand in many paths; only names that carry every word themselves are what was asked for. */
function strongest(paths: readonly string[], phrase: string): readonly string[] {
  const { rest, scope } = splitScope(phrase)
  const words = nameWords(scope === undefined ? phrase : rest)
  const exact = paths.filter((path) => {
    const name = baseName(path.replace(/\/$/, ''))
    const stems = nameStems(name)
    return words.every((word) => stems.has(stem(word)) || name.toLowerCase().includes(word.toLowerCase()))
  })
  return exact.length > 0 ? exact : paths.slice(0, 5)
}
