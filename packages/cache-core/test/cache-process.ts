import { spawn, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A cache in a child process; it is killed when it is disposed of. */
export interface CacheProcess extends AsyncDisposable {
  /** Calls a method of the cache, or one that the fixture adds, and answers what it resolved with. */
  call(method: string, ...values: readonly unknown[]): Promise<unknown>
  /** The next result that the process reports. */
  next(): Promise<unknown>
  /** Starts a call without waiting for its results. */
  send(method: string, ...values: readonly unknown[]): void
  /** Sends a signal. */
  signal(signal: NodeJS.Signals): void
  /** Ends the process at once, as `kill -9` does. */
  kill(): Promise<void>
  /** Ends the input, and with it the process, without closing the cache. */
  leave(): Promise<void>
}

/** Path of a script under `test/fixtures/`. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))
}

/** Opens a cache in a child process, by another user when `options.uid` says so. */
export async function openCacheProcess(settings: object, options: SpawnOptions = {}): Promise<CacheProcess> {
  const script = fixture('cache-process.mjs')
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], { ...options, stdio: 'pipe' })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += String(chunk)
  })
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<unknown> => {
    const line = await lines.next()
    if (line.done === true) throw new Error(`Cannot go on: the cache process ended: ${errors}`)
    const report: unknown = JSON.parse(line.value)
    return typeof report === 'object' && report !== null && 'result' in report ? report.result : undefined
  }
  const send = (method: string, ...values: readonly unknown[]): void => {
    child.stdin.write(`${JSON.stringify({ method, arguments: values })}\n`)
  }
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
  }
  await next()
  return {
    next,
    send,
    kill,
    signal: (signal) => void child.kill(signal),
    call: async (method, ...values) => {
      send(method, ...values)
      return await next()
    },
    leave: async () => {
      child.stdin.end()
      await exited
    },
    [Symbol.asyncDispose]: kill,
  }
}
