import type { Plan } from '../plan.js'
import type { Question } from '../question/read-question.js'

/** What a question was recognised as: the arguments it carries and the plan that answers it. */
export interface Reading {
  readonly arguments: object
  readonly plan: () => Plan
}

/** A kind of question the planner understands. */
export interface Intent {
  readonly name: string
  /** A question of this kind, as the help shows it. */
  readonly example: string
  /** Recognises a question, or undefined when it is of another kind. */
  readonly read: (question: Question) => Reading | undefined
}

/** Joins a reader and a plan over the same arguments into an intent. */
export function defineIntent<Arguments extends object>(definition: {
  readonly name: string
  readonly example: string
  readonly read: (question: Question) => Arguments | undefined
  readonly plan: (values: Arguments, question: Question) => Plan
}): Intent {
  const { name, example, read, plan } = definition
  return {
    name,
    example,
    read: (question) => {
      const values = read(question)
      return values === undefined ? undefined : { arguments: values, plan: () => plan(values, question) }
    },
  }
}
