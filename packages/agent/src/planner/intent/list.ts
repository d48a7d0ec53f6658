import { ls } from '../calls.js'
import { describeFailure } from '../answer/failure.js'
import { listEntries } from '../answer/list-entries.js'
import type { EntryFilter } from '../answer/list-entries.js'
import type { Plan } from '../plan.js'
import type { Question } from '../question/read-question.js'
import { findSizeLimit } from '../question/size-limit.js'
import { readTarget } from '../question/target.js'
import type { Target } from '../question/target.js'
import { resolveTarget } from '../resolve/resolve-targets.js'
import { defineIntent } from './intent.js'
import { answerOpenQuestion } from './open.js'
import { showPlace } from './show.js'

interface ListArguments {
  readonly target: Target
  readonly filter: EntryFilter
}

const THINGS = String.raw`(?:files?|folders?|subfolders?|director(?:y|ies)|documents?|docs|contents?|entries|everything|things?|items?|stuff|scripts?|(?:files? and (?:folders?|director(?:y|ies)))|(?:folders? and files?))`
const IN = '(?:in|inside|of|under|within|at(?: the (?:top|root)(?: level)? of)?|from|below|on)'

const FORMS: readonly RegExp[] = [
  /^(?:ls|dir|ll|list)\b(?:\s+-\w+)*(?<target>)$/i,
  /^(?:ls|dir|ll)\b(?:\s+-\w+)*(?<target>.*)$/i,
  new RegExp(
    String.raw`^(?:list|show|print|display|give|enumerate|see|get)\b(?:\s+(?:me|us))?(?:\s+(?:all|of|the|every|out|a list of|a listing of))*\s+(?<things>${THINGS})(?:\s+(?:that (?:is|are)|which (?:is|are)|stored|contained|found|available|located|directly))*\s+${IN}\s+(?<target>.+)$`,
    'i',
  ),
  new RegExp(
    String.raw`^(?:list|show|print|enumerate)\b(?:\s+(?:me|us))?(?:\s+(?:all|of|the|every))*\s+(?<things>${THINGS})(?<target>)$`,
    'i',
  ),
  new RegExp(
    String.raw`^(?:which|what)\s+(?<things>${THINGS})\s+(?:are|exist|do we have|do i have|can i find|can be found|live|lie|is|does|have we got|are there)\b(?:\s+(?:there|contained|stored|located|we have))*\s*(?:${IN}\s+)?(?<target>.*?)(?:\s+(?:contain|have|hold|include)s?)?$`,
    'i',
  ),
  new RegExp(
    String.raw`^what(?:'s| is| are| do we have| can i find| lies| lives| is there| do you have)?\s+(?:there\s+)?(?:in|inside|under|within|at the top of)\s+(?<target>(?:the\s+|our\s+|my\s+)*(?:folder\s+|directory\s+)?(?:‹p\d+›|[\w.-]+(?:\s+(?:folder|directory))?))$`,
    'i',
  ),
  /^what\s+(?:does|do)\s+(?:the\s+)?(?:folder|directory)\s+(?<target>.+?)\s+(?:contain|have|hold|include)s?$/i,
  /^what\s+(?:does|do)\s+(?:the\s+)?(?<target>.+?\s+(?:folder|directory))\s+(?:contain|have|hold|include)s?$/i,
  /^(?:list|enumerate)\b(?:\s+(?:me|us))?\s+(?<target>.+)$/i,
  /^(?:contents?|files?|folders?)\s+(?:of|in)\s+(?<target>(?:the\s+)?(?:folder\s+|directory\s+)?.+)$/i,
  /^(?:which|what)\s+(?<target>[\p{L}\p{N}_ -]+?)\s+(?:are there|do we have|do i have|exist|are available|have we got|is there|can i find)(?:\s+(?:here|in (?:the |our )?(?:data|root|repo|repository|total)))?$/iu,
]

/** Lists what a folder holds. */
export const listIntent = defineIntent<ListArguments>({
  name: 'list',
  example: 'list the files in knowledge-base/policies',
  read: readList,
  plan: planList,
})

function readList(question: Question): ListArguments | undefined {
  if (findSizeLimit(question.masked) !== undefined) return undefined
  for (const form of FORMS) {
    const groups = form.exec(question.masked)?.groups
    if (groups === undefined) continue
    const things = groups['things'] ?? ''
    if (things === '' && question.fileTypes.length > 0) continue
    return { target: readTarget(groups['target'] ?? '', question), filter: filterOf(things) }
  }
  return undefined
}

function filterOf(things: string): EntryFilter {
  if (/^(?:subfolders?|folders?|director)/i.test(things) && !/files?/i.test(things)) return 'folders'
  return /^(?:files?|documents?|docs|scripts?)$/i.test(things) ? 'files' : 'all'
}

function* planList({ target, filter }: ListArguments, question: Question): Plan {
  const place = yield* resolveTarget(target, target.kind === 'path' ? 'any' : 'directory')
  if (place === undefined) return yield* answerOpenQuestion(question)
  if (place.kind !== 'directory' && /\.\w{1,8}$/.test(place.path)) return yield* showPlace(place, undefined)
  const [outcome] = yield [ls(place.path)]
  if (outcome?.error?.code === 'NOT_A_DIRECTORY') return yield* showPlace({ ...place, kind: 'file' }, undefined)
  if (outcome?.ok !== true) return describeFailure(outcome, place.path)
  const listed = listEntries(outcome, place.path, filter)
  // Asked for files where there are only folders, the folders are the useful answer.
  return listed.startsWith('There are no') ? listEntries(outcome, place.path) : listed
}
