import { tree } from '../calls.js'
import { fenced } from '../answer/cite.js'
import { describeFailure } from '../answer/failure.js'
import type { Plan } from '../plan.js'
import type { Question } from '../question/read-question.js'
import { readTarget, splitScope } from '../question/target.js'
import type { Target } from '../question/target.js'
import { resolveTarget } from '../resolve/resolve-targets.js'
import { defineIntent } from './intent.js'
import { answerOpenQuestion } from './open.js'

interface TreeArguments {
  readonly target: Target
  readonly depth: number
}

const DEFAULT_DEPTH = 4
const DEEPEST = 32

const FORMS: readonly RegExp[] = [
  /^tree\b(?:\s+(?:of|for))?(?<target>.*)$/i,
  /\b(?:director(?:y|ies)|folder|file|source|project|whole|full|complete)?\s*(?:tree|structure|hierarchy|layout)(?:\s+view)?\s+(?:of|for|in|under|below|from)\s+(?<target>.+)$/i,
  /\bhow\s+(?:is|are)\s+(?:the\s+)?(?:(?:source|code|files?|folders?|contents?)\s+(?:of|in)\s+)?(?<target>.+?)\s+(?:organi[sz]ed|structured|laid out|arranged)\b/i,
  /^(?:show|print|display|draw|give|see|get)\b.*?\b(?:director(?:y|ies)|folder|file)s?\s*(?:tree|structure|hierarchy|layout)\b(?<target>)$/i,
  /^(?:show|print|display|draw|give|see|get)\b(?:\s+me)?\s+(?:the\s+|a\s+)?(?:tree|structure|hierarchy)\b(?<target>)$/i,
  /^(?:show|print|display|draw|give|see|get|list)\b(?:\s+me)?\s+(?<target>.+?)\s+as\s+(?:a\s+)?tree\b/i,
]

/** Draws the tree of a folder. */
export const treeIntent = defineIntent<TreeArguments>({
  name: 'tree',
  example: 'show the tree of projects',
  read: readTree,
  plan: planTree,
})

function readTree(question: Question): TreeArguments | undefined {
  const depth = /(?:\b(?:depth|levels?)|\s-L)\s*(?:of\s+|=\s*)?(\d{1,2})\b|\b(\d{1,2})\s+levels?\b/i.exec(
    question.masked,
  )
  const masked = question.masked
    .replace(
      /[,;]?\s*\b(?:to|with|at|up to|of|and)?\s*(?:a\s+|max(?:imum)?\s+)?(?:depth|levels?)\s*(?:of\s+|=\s*)?\d{1,2}\b|\b\d{1,2}\s+levels?(?:\s+deep)?\b|\s-L\s*\d{1,2}\b/gi,
      ' ',
    )
    .trim()
  for (const form of FORMS) {
    const match = form.exec(masked)
    if (match === null) continue
    const { scope } = splitScope(match.groups?.['target'] ?? '')
    const target = readTarget(scope ?? match.groups?.['target'] ?? '', question)
    return { target, depth: Math.min(DEEPEST, Number(depth?.[1] ?? depth?.[2] ?? DEFAULT_DEPTH)) }
  }
  return undefined
}

function* planTree({ target, depth }: TreeArguments, question: Question): Plan {
  const place = yield* resolveTarget(target, 'directory')
  if (place === undefined) return yield* answerOpenQuestion(question)
  const [outcome] = yield [tree(place.path, Math.max(1, depth))]
  if (outcome?.ok !== true) return describeFailure(outcome, place.path)
  const title = `The tree of ${place.path === '.' ? 'the root folder' : place.path}, ${String(depth)} levels deep at most:`
  return `${title}\n${fenced(outcome.text.trimEnd().split('\n'))}`
}
