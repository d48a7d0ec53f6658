import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'

/** A key that workers use, with its namespace and the tag that all of its values carry. */
export interface Place {
  readonly namespace: string
  readonly key: string
  readonly tag: string
}

/** What a worker was about to do. */
export interface Operation {
  readonly type: 'get' | 'set' | 'delete' | 'deleteByTag' | 'clear'
  /** `null` stands for all of them. */
  readonly namespace: string | null
  readonly key?: string
  readonly tag?: string
}

/** What came of it; not sure when the cache was degraded meanwhile. */
export interface Outcome {
  readonly result: unknown
  readonly isSure: boolean
}

/** A line of the journal; its place among the others is its time. */
export type JournalLine =
  | readonly ['begin', worker: string, number: number, operation: Operation]
  | readonly ['end', worker: string, number: number, outcome: Outcome]
  | readonly ['failure', worker: string, number: number, message: string]
  | readonly ['dead', worker: string]

/** The file, outside the cache, in which workers write what they do. */
export class Journal {
  readonly path: string

  constructor(path: string) {
    this.path = path
    this.empty()
  }

  /** Forgets everything. */
  empty(): void {
    writeFileSync(this.path, '')
  }

  /** Notes that a worker is dead: what it had begun ends here, whatever came of it. */
  noteDeath(worker: string): void {
    // The last line of a killed process may be cut: the next one begins anew.
    appendFileSync(this.path, `\n${JSON.stringify(['dead', worker])}\n`)
  }

  lines(): readonly JournalLine[] {
    return readFileSync(this.path, 'utf8').split('\n').flatMap(parseLine)
  }
}

function parseLine(line: string): readonly JournalLine[] {
  if (!line.endsWith(']')) return []
  try {
    return [JSON.parse(line)]
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}
