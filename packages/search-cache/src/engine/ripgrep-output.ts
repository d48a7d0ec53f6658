import type { EngineLine, EngineMatch } from './search-engine.js'

const NUL = 0
const LINE_FEED = 10
const COLON = 58
const BINARY_MESSAGE = /^(.*): binary file matches \(found "\\0" byte around offset \d+\)$/s

/**
 * Takes ripgrep's records apart as they arrive. Names must not contain line feeds: between two records there may be
 * whole lines that say that a binary file matches.
 */
export class RipgrepOutput {
  readonly #form: 'content' | 'files' | 'count'
  readonly #lines = new Map<string, EngineLine[]>()
  readonly #counts = new Map<string, number>()
  readonly #binary: string[] = []
  #pending: Buffer[] = []
  #records = 0

  constructor(form: 'content' | 'files' | 'count') {
    this.#form = form
  }

  /**
   * Takes the next piece and answers how many records ended in it. A piece without the end of a record is only kept: very
   * long lines are joined once.
   */
  push(piece: Buffer): number {
    this.#pending.push(piece)
    if (!piece.includes(this.#form === 'files' ? NUL : LINE_FEED)) return 0
    const before = this.#records
    const buffer = this.#pending.length === 1 ? piece : Buffer.concat(this.#pending)
    const consumed = this.#parse(buffer)
    this.#pending = consumed < buffer.length ? [buffer.subarray(consumed)] : []
    return this.#records - before
  }

  /** Everything that matched, by the name that ripgrep was given. */
  finish(): { readonly matches: Map<string, EngineMatch>; readonly binary: readonly string[] } {
    this.#readMessages(Buffer.concat(this.#pending).toString('utf8'))
    this.#pending = []
    const matches = new Map<string, EngineMatch>()
    for (const [name, lines] of this.#lines) matches.set(name, { lines, count: lines.length })
    for (const [name, count] of this.#counts) matches.set(name, { lines: [], count })
    return { matches, binary: this.#binary }
  }

  /** How many bytes belong to complete records. */
  #parse(buffer: Buffer): number {
    let start = 0
    for (;;) {
      const nameEnd = buffer.indexOf(NUL, start)
      if (nameEnd < 0) return start
      const end = this.#form === 'files' ? nameEnd : buffer.indexOf(LINE_FEED, nameEnd + 1)
      if (end < 0) return start
      this.#readRecord(this.#readName(buffer, start, nameEnd), buffer.subarray(nameEnd + 1, Math.max(nameEnd + 1, end)))
      start = end + 1
    }
  }

  #readName(buffer: Buffer, start: number, end: number): string {
    const messagesEnd = buffer.lastIndexOf(LINE_FEED, end)
    if (messagesEnd < start) return buffer.toString('utf8', start, end)
    this.#readMessages(buffer.toString('utf8', start, messagesEnd))
    return buffer.toString('utf8', messagesEnd + 1, end)
  }

  #readRecord(name: string, rest: Buffer): void {
    this.#records++
    if (this.#form === 'files') {
      this.#counts.set(name, 1)
      return
    }
    if (this.#form === 'count') {
      this.#counts.set(name, Number(rest.toString('latin1')))
      return
    }
    const colon = rest.indexOf(COLON)
    const line: EngineLine = { line: Number(rest.toString('latin1', 0, colon)), bytes: rest.subarray(colon + 1) }
    const lines = this.#lines.get(name)
    if (lines === undefined) this.#lines.set(name, [line])
    else lines.push(line)
  }

  #readMessages(text: string): void {
    for (const message of text.split('\n')) {
      const name = BINARY_MESSAGE.exec(message)?.[1]
      if (name !== undefined) this.#binary.push(name)
    }
  }
}
