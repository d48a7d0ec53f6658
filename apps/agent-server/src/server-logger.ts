import { destination, pino } from 'pino'
import type { Logger } from 'pino'

/** The levels of `LOG_LEVEL` whose names differ from pino's. */
const levels: ReadonlyMap<string, string> = new Map([
  ['WARNING', 'warn'],
  ['CRITICAL', 'fatal'],
])

/** Gives a logger that writes JSON lines to stderr, so that stdout stays free for the address. */
export function serverLogger(level: string): Logger {
  return pino({ level: levels.get(level) ?? level.toLowerCase() }, destination({ dest: 2, sync: true }))
}
