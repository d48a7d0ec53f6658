import { readFileSync } from 'node:fs'

/** A file without a line feed is read into memory whole; in this time that is some hundred megabytes. */
const INTERVAL_MS = 100
const KIBIBYTE = 1024

/**
 * Looks now and then how much memory a process has in use and reports once when that is more than a limit, until
 * disposed of. Only Linux tells: elsewhere nothing is ever reported.
 */
export function watchMemory(pid: number | undefined, limitBytes: number, onExceeded: () => void): Disposable {
  const timer = setInterval(() => {
    if (pid === undefined || residentBytes(pid) <= limitBytes) return
    clearInterval(timer)
    onExceeded()
  }, INTERVAL_MS)
  timer.unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

function residentBytes(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * KIBIBYTE
  } catch (error) {
    // It has ended, or the system does not tell, or not now: a search must not fail for that, nor the process.
    if (error instanceof Error && 'code' in error) return 0
    throw error
  }
}
