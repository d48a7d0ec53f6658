import type { Plan } from '../plan.js'
import type { Question } from '../question/read-question.js'
import { countFiles, countLines, countMatches, countNamed } from './count-plans.js'
import { readCountArguments } from './count-forms.js'
import type { CountArguments } from './count-forms.js'
import { defineIntent } from './intent.js'

/** Counts files, lines, words or matches. */
export const countIntent = defineIntent<CountArguments>({
  name: 'count',
  example: 'how many lines does README.md have?',
  read: readCountArguments,
  plan: (values, question) => PLANS[values.what](values, question),
})

const PLANS: Readonly<Record<CountArguments['what'], (values: CountArguments, question: Question) => Plan>> = {
  matches: countMatches,
  filesWith: countMatches,
  lines: countLines,
  words: countLines,
  bytes: countLines,
  files: countFiles,
  folders: countFiles,
  named: countNamed,
}
