import type { Terminal } from '../terminal.js'
import { oneLine } from './one-line.js'

/** Gives the line on stderr for something that keeps nothing from working. */
export function warningLine(warning: { readonly code: string; readonly message: string }, terminal: Terminal): string {
  return `${terminal.errorColors.yellow('fs-agent: warning:')} ${warning.code}: ${oneLine(warning.message)}\n`
}
