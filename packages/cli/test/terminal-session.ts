import { PassThrough } from 'node:stream'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import type { TemporaryDirectory } from '@fsagent/testing'
import { runCli } from '../src/run-cli.js'
import { TerminalScreen } from './terminal-screen.js'

/** A command that runs on what claims to be a terminal, in a directory with one document. */
export interface TerminalSession extends AsyncDisposable {
  readonly directory: TemporaryDirectory
  readonly screen: TerminalScreen
  readonly exitCode: Promise<number>
  /** Sends keys, such as `\r` or `\u0003` for Ctrl-C. */
  press(keys: string): void
}

/** Starts a command as somebody at a terminal would. */
export function startOnTerminal(argv: readonly string[], directory = directoryWithPlan()): TerminalSession {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} })
  const screen = new TerminalScreen()
  const exitCode = runCli(argv, {
    stdin,
    stdout: screen.stream(),
    stderr: screen.stream(),
    environment: { NO_COLOR: '1' },
    workingDirectory: directory.path,
    version: '1.2.3',
    nodeVersion: 'v20.19.0',
    signal: new AbortController().signal,
  })
  return {
    directory,
    screen,
    exitCode,
    press: (keys) => void stdin.write(keys),
    [Symbol.asyncDispose]: async () => {
      stdin.end()
      await exitCode
      directory[Symbol.dispose]()
    },
  }
}

/** Makes a working directory whose data root holds one document. */
export function directoryWithPlan(): TemporaryDirectory {
  const directory = temporaryDirectory()
  writeTree(directory.path, { 'data/plan.md': '# Plan\n\nTODO: measure first\n' })
  return directory
}
