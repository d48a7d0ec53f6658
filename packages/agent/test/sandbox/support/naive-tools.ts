import { execFileSync, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * Tools as they are often written: the path is resolved, has to begin like the root, and is then used. No shell takes
 * part. Each hostile case shows what these do with it, so that it is known to be able to fail.
 */
export interface NaiveTools {
  /** What is read; `undefined` when the check refuses the path or the system has no such file. */
  read(path: string): string | undefined
  /** What `cat` prints. */
  cat(path: string): string
  /** What `grep -rn` prints, taken apart at the colons. */
  grep(pattern: string, path?: string): { readonly path: string; readonly text: string }[]
  /** What `find -name` prints, taken apart at the line ends. */
  find(name: string): string[]
}

/** Naive tools over a root. */
export function naiveTools(root: string): NaiveTools {
  const check = (path: string): string => {
    const full = resolve(root, path)
    if (!full.startsWith(root)) throw new RangeError('the path leads outside the root')
    return full
  }
  // Whoever writes it like this does not think of a command that never ends; a test has to.
  const options: ExecFileSyncOptionsWithStringEncoding = {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 1_000,
  }
  return {
    read: (path) => orUndefined(() => readFileSync(check(path), 'utf8')),
    cat: (path) => {
      check(path)
      return execFileSync('cat', [path], options)
    },
    grep: (pattern, path = '.') => {
      check(path)
      const printed = execFileSync('grep', ['-rn', pattern, path], options)
      return printed.split('\n').flatMap((line) => {
        const [, found = '', text = ''] = /^(.*?):\d+:(.*)$/.exec(line) ?? []
        return found === '' ? [] : [{ path: found.replace(/^\.\//, ''), text }]
      })
    },
    find: (name) =>
      execFileSync('find', ['.', '-name', name], options)
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.replace(/^\.\//, '')),
  }
}

/** The code of the error that an action ends with, as the system or Node calls it. */
export function codeOf(action: () => unknown): string | undefined {
  try {
    action()
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

function orUndefined<Result>(action: () => Result): Result | undefined {
  try {
    return action()
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
}
