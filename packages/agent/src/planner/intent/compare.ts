import { cat, find } from '../calls.js'
import { compareFiles } from '../answer/compare-files.js'
import { describeFailure } from '../answer/failure.js'
import { fileLinesOf, pathsOf } from '../decode-tool-result.js'
import type { Plan } from '../plan.js'
import type { Question } from '../question/read-question.js'
import { readTarget, splitScope } from '../question/target.js'
import type { Target } from '../question/target.js'
import { resolveTargets } from '../resolve/resolve-targets.js'
import type { Place } from '../resolve/resolve-targets.js'
import { defineIntent } from './intent.js'
import { answerOpenQuestion } from './open.js'

interface CompareArguments {
  readonly left: Target
  readonly right: Target
}

const LINES = 2_000
const SIGNAL =
  /\b(?:compare|changed|changes|comparison|diff|differences?|differs?|different|versus|vs\.?|contrast|in common|identical|the same|changed between|changes between)\b/i
const NOISE =
  /\b(?:compare|changed|changes|comparison|diff|differences?|differs?|different|contrast|what(?:'s| is| are| do| does)?|how(?: do| does| is| are)?|show|give|me|tell|list|in common|have|identical|the same|are|is|do|does|between|of the|from each other|from one another|both|files?|contents?|a|an)\b/gi
const SEPARATOR = /\s+(?:with|and|to|against|versus|vs\.?|from|or)\s+|\s*[,;]\s*|(?<=‹p\d+›)\s+(?=‹p\d+›)/i

/** Compares two files line by line. */
export const compareIntent = defineIntent<CompareArguments>({
  name: 'compare',
  example: 'compare README.md with docs/index.md',
  read: readCompare,
  plan: planCompare,
})

function readCompare(question: Question): CompareArguments | undefined {
  if (!SIGNAL.test(question.masked)) return undefined
  const parts = question.masked
    .replace(/\bthat of\b/i, `${headNoun(question.masked)} of`)
    .replace(/\b(?:two|following)\s+files?\b:?/gi, ' ')
    .split(SEPARATOR)
    .map((part) => part.replace(NOISE, ' ').replaceAll(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
  const [first, second] = parts
  if (first === undefined || second === undefined || parts.length !== 2) return undefined
  // "a.ts and b.ts in project-delta": what is said of the place holds for both.
  const { scope } = splitScope(second)
  const qualified =
    scope === undefined || splitScope(first).scope !== undefined || first.includes('/') ? first : `${first} of ${scope}`
  const left = readTarget(qualified, question)
  const right = readTarget(second, question)
  return left.kind === 'root' || right.kind === 'root' ? undefined : { left, right }
}

/** In "the pyproject.toml of A and that of B", what "that" stands for. */
function headNoun(masked: string): string {
  return /(‹p\d+›|[\p{L}\p{N}._-]+)\s+(?:of|in|from)\s/u.exec(masked.replace(/^.*?\bbetween\s+/i, ''))?.[1] ?? ''
}

function* planCompare({ left, right }: CompareArguments, question: Question): Plan {
  const [first, second] = yield* filesToCompare([left, right])
  if (first === undefined || second === undefined) return yield* answerOpenQuestion(question)
  const outcomes = yield [cat(first.path, { limit: LINES }), cat(second.path, { limit: LINES })]
  const [a, b] = outcomes.map(fileLinesOf)
  if (a === undefined) return describeFailure(outcomes[0], first.path)
  if (b === undefined) return describeFailure(outcomes[1], second.path)
  return compareFiles(a, b)
}

/** Two folders are compared by what their READMEs say of them. */
function* filesToCompare(targets: readonly Target[]): Plan<readonly (Pick<Place, 'path'> | undefined)[]> {
  const files = yield* resolveTargets(targets, 'file')
  if (files.every((file) => file !== undefined)) return files
  const folders = yield* resolveTargets(targets, 'directory')
  if (!folders.every((folder) => folder !== undefined)) return files
  const outcomes = yield folders.map(({ path }) =>
    find({ path, name: 'readme.*', type: 'file', ignore_case: true, max_depth: 1 }),
  )
  return outcomes.map(
    (outcome) =>
      pathsOf(outcome)
        .slice(0, 1)
        .map((path) => ({ path }))[0],
  )
}
