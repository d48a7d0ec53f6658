import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { runCli } from '../src/run-cli.js'

/** What is given to a run inside the test process. */
export interface InProcessRun {
  readonly workingDirectory: string
  readonly environment?: Readonly<Record<string, string>>
  /** Whether stdin, stdout and stderr claim to be terminals. */
  readonly terminal?: boolean
  /** Text for stdin, which ends after it. */
  readonly input?: string
  readonly signal?: AbortSignal
}

/** Runs the command line inside the test process and gives what it printed. */
export async function runInProcess(argv: readonly string[], run: InProcessRun) {
  const [stdin, stdout, stderr] = [stream(run), stream(run), stream(run)]
  stdin.end(run.input ?? '')
  const printed = Promise.all([text(stdout), text(stderr)])
  const exitCode = await runCli(argv, {
    stdin,
    stdout,
    stderr,
    environment: run.environment ?? {},
    workingDirectory: run.workingDirectory,
    nodeVersion: 'v20.19.0',
    version: '1.2.3',
    signal: run.signal ?? new AbortController().signal,
  })
  stdout.end()
  stderr.end()
  const [out, error] = await printed
  return { exitCode, stdout: out, stderr: error }
}

function stream({ terminal = false }: InProcessRun): PassThrough & { readonly isTTY: boolean } {
  return Object.assign(new PassThrough(), { isTTY: terminal })
}
