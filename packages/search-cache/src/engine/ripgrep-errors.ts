import { SearchError } from '../search-error.js'
import type { ProcessEnd } from './run-process.js'

/** Takes what ripgrep complains about apart: files that it could not open or read, and anything else. */
export function readErrors(errorText: string): { readonly unreadable: string[]; readonly unexplained: string } {
  const unreadable: string[] = []
  const unexplained: string[] = []
  for (const line of errorText.split('\n')) {
    const name = /^rg: ((?:\.|\/dev\/fd)\/.+): .+ \(os error \d+\)$/.exec(line)?.[1]
    if (name !== undefined) unreadable.push(name)
    else if (line !== '') unexplained.push(line)
  }
  return { unreadable, unexplained: unexplained.join('\n') }
}

/** Whether ripgrep says that it came upon a file of a refused name. */
export function tellsOfRefusal(errorText: string): boolean {
  return errorText.includes('preprocessor command could not start')
}

/** What ripgrep has against a pattern. */
export function patternReason(end: ProcessEnd): string {
  const text = end.errorText.replace(/^rg: /, '').trim()
  return /^error: (.*)$/m.exec(text)?.[1] ?? text.split('\n')[0] ?? describeEnd(end, '')
}

/** The error for a run that ended in no expected way. */
export function engineFailed(end: ProcessEnd, reason: string): SearchError {
  return new SearchError('SEARCH_ENGINE_FAILED', `Cannot search with ripgrep: ${describeEnd(end, reason)}`)
}

function describeEnd(end: ProcessEnd, unexplained: string): string {
  if (end.signalName !== null) return `it was ended by ${end.signalName}`
  return unexplained === '' ? `it ended with code ${end.exitCode}` : unexplained
}
