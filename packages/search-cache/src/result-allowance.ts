import { SearchError } from './search-error.js'

/** Bytes of lines that one search may hold by default, each with what it takes to keep it. */
export const RESULT_LIMIT_BYTES = 128 * 1024 * 1024

/** What keeping a line takes besides its text: a million lines of one character need several hundred megabytes. */
const LINE_OVERHEAD_BYTES = 128

/** What a search may still hold, so that a pattern or a context that takes everything cannot fill the memory. */
export class ResultAllowance {
  #bytes: number

  constructor(bytes = RESULT_LIMIT_BYTES) {
    this.#bytes = bytes
  }

  /** Whether there is room for so many bytes of text in so many lines; takes them in any case. */
  admits(bytes: number, lines: number): boolean {
    this.#bytes -= bytes + lines * LINE_OVERHEAD_BYTES
    return this.#bytes >= 0
  }
}

/** The error of a search that would have to hold more. */
export function tooLargeError(): SearchError {
  return new SearchError('SEARCH_RESULT_TOO_LARGE', 'Cannot finish search: too much text matches')
}
