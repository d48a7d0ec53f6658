import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A real directory that removes itself, with everything in it, when it is disposed of. */
export interface TemporaryDirectory extends Disposable {
  /** Canonical absolute path. */
  readonly path: string
  /** Absolute path of something inside the directory. */
  join(...segments: readonly string[]): string
}

/** Makes a temporary directory: `using directory = temporaryDirectory()`. */
export function temporaryDirectory(prefix = 'fsagent-test-'): TemporaryDirectory {
  const path = realpathSync(mkdtempSync(join(tmpdir(), prefix)))
  return {
    path,
    join: (...segments) => join(path, ...segments),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }),
  }
}
