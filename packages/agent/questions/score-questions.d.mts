/** A question with what its answer must cite. */
export interface Question {
  readonly id: string
  readonly question: string
  readonly kind: string
  /** Files that the answer must name. */
  readonly cites: readonly string[]
  /** Places, as `path:line`, that the answer must cite. */
  readonly citesLines?: readonly string[]
  /** Texts that the answer must hold. */
  readonly answerIncludes?: readonly string[]
  /** Nothing in the files answers it; naming any of them is wrong. */
  readonly absent?: boolean
}

/** A question whose answer lacks something or claims something false. */
export interface Failure extends Question {
  readonly missed: readonly string[]
  readonly wrong: readonly string[]
  readonly text: string
}

/** How well a set of questions was answered. */
export interface Score {
  readonly asked: number
  /** Questions whose answer holds everything it must. */
  readonly complete: number
  /** Citations that were required, and how many of them are missing. */
  readonly required: number
  readonly missing: number
  readonly wrongCount: number
  readonly failures: readonly Failure[]
}

export function readQuestions(): readonly Question[]
export function scoreQuestions(
  agent: { chat(message: string): Promise<{ readonly text: string }> },
  questions: readonly Question[],
  options: { readonly dataRoot: string },
): Promise<Score>
export function describeScore(score: Score): string
