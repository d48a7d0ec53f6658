import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fixture } from '../cache-process.js'
import type { Journal, Place } from './journal.js'

/** What a worker is to do. */
export interface WorkerSettings {
  readonly name: string
  readonly seed: number
  readonly journal: Journal
  readonly keyspace: readonly Place[]
  readonly settings: object
}

/** A process that changes and reads a cache without end. */
export interface Worker {
  readonly name: string
  /** What it was when it opened the cache. */
  readonly role: string
  /** Ends it at once; answers what it said about errors, and whether it had ended by itself. */
  kill(): Promise<readonly string[]>
}

/** Starts a worker; resolves once it has opened the cache. */
export async function startWorker({ journal, ...settings }: WorkerSettings): Promise<Worker> {
  const { name } = settings
  const parameters = JSON.stringify({ ...settings, journal: journal.path })
  const child = spawn(process.execPath, [fixture('journalled-worker.mjs'), parameters], { stdio: 'pipe' })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)))
  const exited = once(child, 'exit')
  const [role] = await Promise.race([
    once(child.stdout, 'data'),
    exited.then(() => [`ended before it opened the cache: ${errors}`]),
  ])
  return {
    name,
    role: String(role).trim(),
    kill: async () => {
      child.kill('SIGKILL')
      const [, signal] = await exited
      journal.noteDeath(name)
      const complaint = signal === 'SIGKILL' && errors === '' ? [] : [`${name} ended by ${String(signal)}: ${errors}`]
      return complaint
    },
  }
}
