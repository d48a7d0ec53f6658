import { type ChildProcess, spawn } from 'node:child_process'
import { tooLargeError } from '../result-allowance.js'
import { SearchError } from '../search-error.js'
import { StalledError } from './stalled-error.js'
import { watchMemory } from './watch-memory.js'
import { watchStall } from './watch-stall.js'

/** How a child process is run. */
export interface ProcessRequest {
  readonly file: string
  readonly arguments: readonly string[]
  readonly directory: string
  /** Descriptors that the child gets as 3, 4, 5, … */
  readonly descriptors: readonly number[]
  /** By `performance.now()`. */
  readonly deadlineMs: number
  /** What the deadline goes back to, for the message. */
  readonly timeoutMs: number
  /** Resident memory that the child may take, in bytes; watched on Linux. */
  readonly memoryLimitBytes: number
  readonly signal: AbortSignal | undefined
  /** Whether it opens files by their paths, each of which may be a FIFO by now. */
  readonly mayStall: boolean
  /** Takes standard output piece by piece; answers whether more may come. */
  readonly onOutput: (piece: Buffer) => boolean
  /** Sees standard error as it comes; all of it is in the end, too. */
  readonly onErrorText?: (piece: Buffer) => void
}

/** How a child process ended by itself. */
export interface ProcessEnd {
  /** `null` when a signal ended it. */
  readonly exitCode: number | null
  readonly signalName: string | null
  readonly errorText: string
}

const ERROR_TEXT_LIMIT_BYTES = 16 * 1024 * 1024
const running = new Set<number>()

/**
 * Runs a program with an empty environment, closed input and a process group of its own, which is killed as a whole on
 * abort, on timeout, on too much output or memory and when this process exits. Resolves when the child is gone.
 *
 * @throws StalledError when it does nothing for a second
 * @throws SearchError SEARCH_ABORTED, SEARCH_TIMEOUT, SEARCH_RESULT_TOO_LARGE, SEARCH_MEMORY_EXCEEDED, SEARCH_ENGINE_FAILED
 */
export async function runProcess(request: ProcessRequest): Promise<ProcessEnd> {
  if (request.signal?.aborted === true) throw abortedError(request.signal)
  const child = start(request)
  let reason: SearchError | undefined
  const stop = (error: SearchError): void => {
    reason ??= error
    killGroup(child.pid)
    // A descendant that left the group may hold the other ends open.
    child.stdout?.destroy()
    child.stderr?.destroy()
  }
  const onAbort = (): void => stop(abortedError(request.signal))
  request.signal?.addEventListener('abort', onAbort, { once: true })
  const remainingMs = Math.max(1, request.deadlineMs - performance.now())
  const timer = setTimeout(() => stop(timeoutError(request.timeoutMs)), remainingMs)
  using _memory = watchMemory(child.pid, request.memoryLimitBytes, () => stop(memoryError(request.memoryLimitBytes)))
  using _stall = watchStall(request.mayStall ? child.pid : undefined, () => stop(new StalledError()))
  const errorText = new ErrorText()
  readAll(child.stdout, request.onOutput, () => stop(tooLargeError()))
  readAll(
    child.stderr,
    (piece) => {
      request.onErrorText?.(piece)
      return errorText.add(piece)
    },
    () => stop(tooLargeError()),
  )
  watchGroup(child.pid)
  try {
    const { exitCode, signalName } = await ended(child, request.file)
    if (reason !== undefined) throw reason
    return { exitCode, signalName, errorText: errorText.toString() }
  } finally {
    clearTimeout(timer)
    request.signal?.removeEventListener('abort', onAbort)
    if (child.pid !== undefined) running.delete(child.pid)
  }
}

/** By Node's own means: to load execa takes longer than ripgrep takes for a thousand files. */
function start({ file, arguments: given, directory, descriptors }: ProcessRequest): ChildProcess {
  try {
    return spawn(file, given, {
      cwd: directory,
      env: {},
      stdio: ['ignore', 'pipe', 'pipe', ...descriptors],
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
  } catch (error) {
    throw failedError(file, error)
  }
}

/** How a child ended, once all that it printed has been read. */
async function ended(child: ChildProcess, file: string): Promise<Pick<ProcessEnd, 'exitCode' | 'signalName'>> {
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(failedError(file, error)))
    child.once('close', (exitCode, signalName) => resolve({ exitCode, signalName }))
  })
}

/** What a child complains about, within a limit. */
class ErrorText {
  readonly #pieces: Buffer[] = []
  #bytes = 0

  add(piece: Buffer): boolean {
    this.#pieces.push(piece)
    this.#bytes += piece.length
    return this.#bytes <= ERROR_TEXT_LIMIT_BYTES
  }

  toString(): string {
    return Buffer.concat(this.#pieces).toString('utf8')
  }
}

function readAll(stream: NodeJS.ReadableStream | null, take: (piece: Buffer) => boolean, tooLarge: () => void): void {
  let isFull = false
  stream?.on('data', (piece: Buffer) => {
    if (!isFull && take(piece)) return
    isFull = true
    tooLarge()
  })
}

function watchGroup(pid: number | undefined): void {
  if (pid === undefined) return
  if (running.size === 0 && !process.listeners('exit').includes(killAll)) process.on('exit', killAll)
  running.add(pid)
}

function killAll(): void {
  for (const pid of running) killGroup(pid)
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch (error) {
    // ESRCH: the group ended by itself in the meantime.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

function abortedError(signal: AbortSignal | undefined): SearchError {
  return new SearchError('SEARCH_ABORTED', 'Cannot finish search: it was aborted', { cause: signal?.reason })
}

function timeoutError(timeoutMs: number): SearchError {
  return new SearchError('SEARCH_TIMEOUT', `Cannot finish search: it took more than ${timeoutMs} ms`)
}

function memoryError(limitBytes: number): SearchError {
  const limit = `${Math.round(limitBytes / 1_048_576)} MiB of memory`
  const what = 'a line, or with multiline a file, is so long that it takes'
  return new SearchError('SEARCH_MEMORY_EXCEEDED', `Cannot finish search: ${what} more than ${limit}`)
}

function failedError(file: string, cause: unknown): SearchError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new SearchError('SEARCH_ENGINE_FAILED', `Cannot start "${file}": ${reason}`, { cause })
}
