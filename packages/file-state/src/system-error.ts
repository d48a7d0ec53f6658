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

/** The error to throw in place of `error`: a system error becomes a `FileStateError`, anything else stays itself. */
export function translateError(error: unknown, action: string, path: string): unknown {
  const code = systemErrorCode(error)
  if (code === undefined) return error
  const [translated, reason] = translations[code] ?? ['INPUT_OUTPUT_FAILED', `the system reported ${code}`]
  return new FileStateError(translated, describe(action, path, reason))
}

/** An error about one path, worded like all others: `Cannot open "a/b": it is a directory`. */
export function pathError(code: FileStateErrorCode, action: string, path: string, reason: string): FileStateError {
  return new FileStateError(code, describe(action, path, reason))
}

function describe(action: string, path: string, reason: string): string {
  return `Cannot ${action} ${JSON.stringify(path)}: ${reason}`
}
