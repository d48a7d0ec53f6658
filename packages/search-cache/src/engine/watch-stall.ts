import { readFileSync } from 'node:fs'

const INTERVAL_MS = 100
/** So many looks in a row that show no progress are taken for a stall. */
const STALLED_LOOKS = 10
/** Hundredths of a second; a thread of ripgrep that waits for another one looks for work a thousand times a second. */
const IDLE_TICKS = 10
/** Of /proc/PID/stat, counted behind the name of the program. */
const USER_TIME_FIELD = 11
const SYSTEM_TIME_FIELD = 12

/** How far a process is. */
interface Progress {
  readonly ticks: number
  readonly transfers: string
}

/**
 * Looks now and then whether a process still computes or reads, and reports once when it did neither for a second, until
 * disposed of. Only Linux tells: elsewhere nothing is ever reported.
 */
export function watchStall(pid: number | undefined, onStalled: () => void): Disposable {
  let latest: Progress | undefined
  let looks = 0
  const timer = setInterval(() => {
    const progress = pid === undefined ? undefined : progressOf(pid)
    if (isIdle(latest, progress)) looks += 1
    else [latest, looks] = [progress, 0]
    if (looks < STALLED_LOOKS) return
    clearInterval(timer)
    onStalled()
  }, INTERVAL_MS)
  timer.unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

function isIdle(before: Progress | undefined, now: Progress | undefined): boolean {
  if (before === undefined || now === undefined) return false
  return before.transfers === now.transfers && now.ticks - before.ticks < IDLE_TICKS
}

/** `undefined` when the system does not tell, or the process has ended. */
function progressOf(pid: number): Progress | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')
    const ticks = Number(fields?.[USER_TIME_FIELD]) + Number(fields?.[SYSTEM_TIME_FIELD])
    return { ticks, transfers: readFileSync(`/proc/${pid}/io`, 'latin1') }
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}
