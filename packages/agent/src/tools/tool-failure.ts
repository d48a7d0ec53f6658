import type { ToolFailure } from './tool-result.js'

/** A refusal that a tool itself decides on; the layers below bring their own coded errors. */
export class ToolError extends Error {
  override readonly name = 'ToolError'
  readonly code: string
  readonly details: unknown

  constructor(failure: ToolFailure) {
    super(failure.message)
    this.code = failure.code
    this.details = failure.details
  }
}

/** What the operating system says, in our codes. */
const systemCodes: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'FILE_NOT_FOUND'],
  ['EACCES', 'PERMISSION_DENIED'],
  ['EPERM', 'PERMISSION_DENIED'],
  ['ENOTDIR', 'NOT_A_DIRECTORY'],
  ['EISDIR', 'IS_A_DIRECTORY'],
  ['ELOOP', 'SYMLINK_LOOP'],
  ['ENAMETOOLONG', 'PATH_INVALID'],
  ['EIO', 'READ_FAILED'],
  ['EMFILE', 'READ_FAILED'],
  ['ENFILE', 'READ_FAILED'],
])

/** Our own codes look like this; so do those of Node, which carry this prefix. */
const stableCode = /^(?!ERR_)[A-Z]+(_[A-Z]+)+$/

/**
 * Gives the failure that a caller of a tool gets to see, or undefined for a mistake in our code, which is thrown on.
 *
 * Messages never contain the absolute path of the data root.
 */
export function failureOf(error: unknown, rootPath: string): ToolFailure | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  const systemCode = systemCodes.get(error.code)
  if (systemCode !== undefined)
    return { code: systemCode, message: `Cannot read file: ${systemCode.toLowerCase().replaceAll('_', ' ')}` }
  if (!stableCode.test(error.code)) return undefined
  const message = withoutRoot(error.message, rootPath)
  return 'details' in error && error.details !== undefined
    ? { code: error.code, message, details: error.details }
    : { code: error.code, message }
}

function withoutRoot(message: string, rootPath: string): string {
  return rootPath === '/' ? message : message.replaceAll(`${rootPath}/`, '').replaceAll(rootPath, '.')
}
