import { FileStateError, type FileStateErrorCode } from './file-state-error.js'

const translations: Readonly<Record<string, readonly [FileStateErrorCode, string]>> = {
  ENOENT: ['FILE_NOT_FOUND', 'no such file or directory'],
  ENOTDIR: ['NOT_A_DIRECTORY', 'a part of the path is not a directory'],
  EISDIR: ['IS_A_DIRECTORY', 'it is a directory'],
  EACCES: ['PERMISSION_DENIED', 'permission denied'],
  EPERM: ['PERMISSION_DENIED', 'operation not permitted'],
  ELOOP: ['SYMLINK_LOOP', 'too many symbolic links'],
  ENAMETOOLONG: ['PATH_INVALID', 'the name is too long'],
  ENXIO: ['NOT_A_REGULAR_FILE', 'it is not a regular file'],
  ERR_INVALID_ARG_VALUE: ['PATH_INVALID', 'it holds a NUL byte'],
}

/** The `code` of an error that Node or the operating system raised, `undefined` for any other error. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || error instanceof FileStateError || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** The result of a system call, `undefined` when the call failed. */
export function orUndefined<Result>(call: () => Result): Result | undefined {
  try {
    return call()
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error
    return undefined
  }
}

/** What was tried, for an error message. */
export interface Attempt {
  /** A verb: `open`, `list`. */
  readonly action: string
  /** Relative to the root. */
  readonly path: string
}

/** The error to throw in place of `error`: a system error becomes a `FileStateError`, anything else stays itself. */
export function translateError(error: unknown, attempt: Attempt): unknown {
  const code = systemErrorCode(error)
  if (code === undefined) return error
  const [translated, reason] = translations[code] ?? ['INPUT_OUTPUT_FAILED', `the system reported ${code}`]
  return pathError(translated, attempt, reason)
}

/** An error about one path, worded like all others: `Cannot open "a/b": it is a directory`; the root is ".". */
export function pathError(code: FileStateErrorCode, { action, path }: Attempt, reason: string): FileStateError {
  return new FileStateError(code, `Cannot ${action} ${JSON.stringify(path === '' ? '.' : path)}: ${reason}`)
}
