import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SeededRandom } from '@fsagent/testing'
import { fixture } from '../cache-process.js'

/** The calls that look at a file, and those by which LevelDB looks whether there is one. */
export const statCalls = 'statx,stat,lstat,newfstatat,fstat'
export const accessCalls = 'access,faccessat,faccessat2'

/** System calls and what they may fail with. */
const faults: Readonly<Record<string, readonly string[]>> = {
  'openat,open': ['EIO', 'EMFILE', 'EACCES', 'ENOSPC', 'EROFS'],
  'write,pwrite64': ['EIO', 'ENOSPC', 'EDQUOT'],
  'read,pread64': ['EIO'],
  'fsync,fdatasync': ['EIO', 'ENOSPC'],
  'rename,renameat,renameat2': ['EIO', 'EACCES', 'ENOSPC'],
  'ftruncate,unlink,unlinkat,rmdir': ['EIO', 'EACCES'],
  'mkdir,mkdirat': ['ENOSPC', 'EACCES', 'EIO'],
  [statCalls]: ['EIO', 'EACCES'],
  [accessCalls]: ['EIO', 'EACCES'],
  getdents64: ['EIO', 'ENOENT'],
  mmap: ['ENOMEM', 'EACCES'],
  fcntl: ['ENOLCK', 'EIO'],
  'chmod,fchmod,fchmodat': ['EPERM', 'EROFS'],
  'pwrite64,write,pread64,fsync,fdatasync,openat,rename,ftruncate': ['EIO'],
}

/** Large values are files named by their content: these are known before, so that calls on them can be made to fail. */
const large = { letters: ['a', 'b', 'c'], bytes: 70_000 } as const

/** Calls that are made to fail. */
export interface Injection {
  /** Their names, with commas. */
  readonly calls: string
  readonly code: string
  /** Which of them, counted in each thread: as strace has it. */
  readonly when: string
  /** The files that they are to be on: others do not count. */
  readonly paths: readonly string[]
}

/** What a worker is told. */
interface WorkerSettings {
  readonly directory: string
  readonly seed: number
  readonly rounds: number
  /** Whether it has a follower, so that a thread of it serves. */
  readonly isServed?: boolean
}

/** What a worker saw. */
export interface FaultyRun {
  readonly description: string
  readonly exitCode: number | null
  readonly injected: number
  readonly report: {
    readonly wrong: readonly string[]
    readonly warnings: readonly string[]
    readonly served: number
    readonly refused: number
    readonly stored: number
    readonly found: number
    readonly degraded: number
    readonly recovered: number
  }
}

/** Why no system call can be made to fail here, or `undefined`. */
export function whyNoInjection(): string | undefined {
  const { error, status, stderr } = spawnSync('strace', ['-f', '-qq', '-e', 'trace=none', 'true'], { encoding: 'utf8' })
  if (error !== undefined) return `strace: ${error.message}`
  return status === 0 ? undefined : `strace: ${stderr.trim()}`
}

/** Some calls on the files of a cache, at random: some of them, for a while. */
export function anyInjection(directory: string, random: SeededRandom): Injection {
  const calls = random.pick(Object.keys(faults))
  const code = random.pick(faults[calls] ?? [])
  // The first ones open the cache; some calls are made a few times only.
  const first = random.integer(1, random.pick([6, 60]))
  const when = `${first}..${first + random.pick([0, 1, 4, 16])}${random.pick(['', '+2', '+3'])}`
  return { calls, code, when, paths: cachePaths(directory) }
}

/** Runs a worker that uses a cache for some rounds while calls fail. */
export async function runWithFaults(
  { calls, code, when, paths }: Injection,
  worker: WorkerSettings,
): Promise<FaultyRun> {
  const log = `${worker.directory}.calls`
  // Not every machine has every call.
  const known = calls.replaceAll(/\w+/gu, '?$&')
  const child = spawn('strace', [
    '-f',
    '-qq',
    ...paths.flatMap((path) => ['-P', path]),
    `--output=${log}`,
    `--trace=${known}`,
    `--inject=${known}:error=${code}:when=${when}`,
    process.execPath,
    fixture('faulty-worker.mjs'),
    JSON.stringify({ ...worker, large }),
  ])
  let [output, errors] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)))
  child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)))
  const [exitCode] = await once(child, 'close')
  const nothing = {
    wrong: [`ended: ${errors.slice(-1000)}`],
    warnings: [],
    served: 0,
    refused: 0,
    stored: 0,
    found: 0,
    degraded: 0,
    recovered: 0,
  }
  return {
    description: `${calls} ${code} when ${when}`,
    exitCode,
    injected: readFileSync(log, 'latin1').split('(INJECTED)').length - 1,
    report: output === '' ? nothing : JSON.parse(output),
  }
}

/** The files that a cache may have: only calls on them fail, not those that Node itself needs. */
function cachePaths(directory: string): readonly string[] {
  const numbers = Array.from({ length: 60 }, (_, index) => String(index + 1).padStart(6, '0'))
  const database = [
    '',
    'CURRENT',
    'LOCK',
    'LOG',
    'LOG.old',
    ...numbers.flatMap((number) => [`${number}.log`, `${number}.ldb`, `${number}.dbtmp`, `MANIFEST-${number}`]),
  ]
  const blobs = large.letters.map((letter) => {
    const name = createHash('sha256').update(letter.repeat(large.bytes)).digest('hex')
    return join('blobs', name.slice(0, 2), name)
  })
  const names = [
    '',
    'owner.json',
    'generations',
    'written',
    'blobs',
    ...blobs,
    ...blobs.map((name) => name.slice(0, 8)),
    ...['election', 'db-v1'].flatMap((folder) => database.map((name) => join(folder, name))),
  ]
  return names.map((name) => join(directory, name))
}
