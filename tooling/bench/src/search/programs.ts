import { spawnSync } from 'node:child_process'
import { rgPath } from '@vscode/ripgrep'
import type { Sampler } from '../measure.js'
import { timeEachSync } from '../measure.js'

/** Runs a program to its end, its output thrown away as by a shell. */
export function runProgram(name: string, file: string, given: readonly string[]): Sampler {
  const run = (): void => {
    const { error, status } = spawnSync(file, given, { stdio: 'ignore' })
    if (error !== undefined || status === null || status > 1)
      throw new Error(`Cannot run "${file}": it ended with ${status}`, { cause: error })
  }
  return { name, sample: () => timeEachSync(run, 1) }
}

/** ripgrep over a tree. */
export function ripgrep(pattern: string, root: string): Sampler {
  return runProgram('rg as a process', rgPath, ['--no-config', '--line-number', pattern, root])
}
