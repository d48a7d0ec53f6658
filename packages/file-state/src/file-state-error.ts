/** What went wrong, stable within a major version. */
export type FileStateErrorCode =
  | 'ROOT_NOT_FOUND'
  | 'ROOT_NOT_DIRECTORY'
  | 'ROOT_CLOSED'
  | 'INDEX_CLOSED'
  | 'PATH_INVALID'
  | 'PATH_OUTSIDE_ROOT'
  | 'FILE_NOT_FOUND'
  | 'FILE_TOO_LARGE'
  | 'NOT_A_DIRECTORY'
  | 'NOT_A_REGULAR_FILE'
  | 'IS_A_DIRECTORY'
  | 'PERMISSION_DENIED'
  | 'SYMLINK_LOOP'
  | 'INPUT_OUTPUT_FAILED'

/**
 * The one error class of this package.
 *
 * It keeps no `cause`: the message of a system error holds an absolute path, and what is said about a file below a root
 * names it relative to that root only.
 */
export class FileStateError extends Error {
  readonly code: FileStateErrorCode

  constructor(code: FileStateErrorCode, message: string) {
    super(message)
    this.name = 'FileStateError'
    this.code = code
  }
}
