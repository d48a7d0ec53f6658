import { cat, find } from '../calls.js'
import { describeFailure } from '../answer/failure.js'
import { summariseFile, summariseFolder } from '../answer/summary.js'
import { fileLinesOf, pathsOf } from '../decode-tool-result.js'
import type { Plan } from '../plan.js'
import type { Question } from '../question/read-question.js'
import { readTarget } from '../question/target.js'
import type { Target } from '../question/target.js'
import { resolveTarget } from '../resolve/resolve-targets.js'
import { defineIntent } from './intent.js'
import { answerOpenQuestion } from './open.js'

interface SummariseArguments {
  readonly target: Target
}

const LINES_READ = 1_500
const FILES_READ = 12

const FORMS: readonly RegExp[] = [
  /\b(?:summari[sz]e|sum up|outline|recap|condense|tl;?dr)\b:?\s+(?:for me\s+|me\s+)?(?<target>.+)$/i,
  /\b(?:summary|overview|gist|outline|recap|synopsis|digest|key points|main points|main ideas|essence|headings|sections|table of contents|highlights)\s+(?:of|for|in|from|about|on)\s+(?<target>.+)$/i,
  /^(?:which|what)\s+(?:headings?|sections?|chapters?)\s+(?:are|is|does|do)\s+(?:there\s+)?(?:in\s+)?(?<target>.+?)(?:\s+(?:have|contain))?$/i,
  /^(?<target>.+?)\s+(?:summary|overview|in a nutshell|tl;?dr)$/i,
  /^what(?:'s| is| are| was| were)\s+(?<target>.+?)\s+(?:all\s+)?about$/i,
  /^what\s+(?:does|do|did)\s+(?<target>.+?)\s+(?:cover|describe|deal with|talk about|explain|do)$/i,
  /^(?:describe|explain)\s+(?:the\s+)?(?:file\s+|folder\s+|project\s+|document\s+)?(?<target>‹p\d+›|.+\s(?:folder|directory|file|project|document|package|module))$/i,
]

/** Summarises a file or a folder with its own headings and first sentences. */
export const summariseIntent = defineIntent<SummariseArguments>({
  name: 'summarise',
  example: 'summarise projects/project-alpha/README.md',
  read: readSummarise,
  plan: planSummarise,
})

function readSummarise(question: Question): SummariseArguments | undefined {
  for (const form of FORMS) {
    const fragment = form.exec(question.masked)?.groups?.['target']
    if (fragment !== undefined) return { target: readTarget(fragment, question) }
  }
  return undefined
}

function* planSummarise({ target }: SummariseArguments, question: Question): Plan {
  const place = yield* resolveTarget(target, 'any')
  if (place === undefined) return yield* answerOpenQuestion(question)
  if (place.kind !== 'directory') {
    const [outcome] = yield [cat(place.path, { limit: LINES_READ })]
    const file = fileLinesOf(outcome)
    if (file !== undefined) return summariseFile(file)
    if (outcome?.error?.code !== 'IS_A_DIRECTORY') return describeFailure(outcome, place.path)
  }
  const [listing] = yield [find({ path: place.path, type: 'file', limit: 0 })]
  if (listing?.ok !== true) return describeFailure(listing, place.path)
  const paths = pathsOf(listing)
  const outcomes = yield worthReading(paths, place.path).map((path) => cat(path, { limit: 120 }))
  const files = outcomes.map(fileLinesOf).filter((file) => file !== undefined)
  return summariseFolder({ folder: place.path, total: Math.max(listing.total, paths.length), paths, files })
}

/** The README comes first, then prose, near the top; of code only when there is nothing else. */
function worthReading(paths: readonly string[], folder: string): readonly string[] {
  const depth = (path: string): number => path.split('/').length - (folder === '.' ? 0 : folder.split('/').length)
  const rank = (path: string): number => {
    const readme = /(?:^|\/)(?:readme|index)\.(?:md|markdown|txt|rst)$/i.test(path) ? 0 : 10
    const prose = /\.(?:md|markdown|mdx|txt|rst|adoc)$/i.test(path) ? 0 : 30
    return readme + prose + depth(path) * 4
  }
  const text = paths.filter((path) => !/\.(?:png|jpe?g|gif|ico|pdf|zip|gz|bin|woff2?|lock|map)$/i.test(path))
  return text.toSorted((left, right) => rank(left) - rank(right)).slice(0, FILES_READ)
}
