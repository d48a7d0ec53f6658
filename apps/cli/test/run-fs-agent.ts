import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../bin/fs-agent.js', import.meta.url))

/** What a run of the built command left behind. */
export interface FinishedRun {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stdoutBytes: Buffer
  readonly stderr: string
}

/** How the command is started; its environment holds nothing else than what is given. */
export interface RunOptions {
  readonly cwd: string
  readonly environment?: Readonly<Record<string, string>>
  /** Text for stdin, which ends after it. */
  readonly input?: string
}

/** Starts the built `fs-agent` as a process of its own. */
export function startFsAgent(args: readonly string[], options: RunOptions): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [bin, ...args], {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: options.cwd, ...options.environment },
  })
}

/** Runs the built `fs-agent` to its end. */
export async function runFsAgent(args: readonly string[], options: RunOptions): Promise<FinishedRun> {
  const child = startFsAgent(args, options)
  child.stdin.end(options.input ?? '')
  return finished(child)
}

/** Waits for a started command and gives what it printed. */
export async function finished(child: ChildProcessWithoutNullStreams): Promise<FinishedRun> {
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const stdoutBytes = Buffer.concat(stdout)
  return { exitCode, stdout: stdoutBytes.toString(), stdoutBytes, stderr: Buffer.concat(stderr).toString() }
}
