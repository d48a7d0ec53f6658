import type { Query } from './draw-query.js'

/** What came of a question. */
export interface Answer {
  /** All that has to be the same whoever answers, as text. */
  readonly text: string
  /** How it was found: `hit`, `repaired`, `confirmed`, `miss`, `bypass`, or `refused` when the question was no good. */
  readonly outcome: string
}

/** Somebody who answers questions about the files of a world. */
export interface Subject {
  readonly name: string
  answer(query: Query): Promise<Answer>
  /** Gives everything up that is kept in memory, and begins anew with what is on disk. */
  restart(): Promise<void>
  /** Stops its process, as SIGSTOP does; absent when it has none of its own. */
  stop?(): void
  /** Lets its process go on. */
  resume?(): void
  close(): Promise<void>
}
