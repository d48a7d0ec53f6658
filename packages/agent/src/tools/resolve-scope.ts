import { ToolError } from './tool-failure.js'
import type { ToolContext } from './tool.js'

/**
 * Gives the real path, relative to the root, of what a search starts from; the index never follows symbolic links itself.
 *
 * @throws FileStateError as `DataRoot` does
 */
export function resolveScope(userPath: string, { manager: { root } }: ToolContext): string {
  return root.stat(root.resolve(userPath)).realPath
}

/**
 * As {@link resolveScope}, for what only a directory can be asked.
 *
 * @throws ToolError `NOT_A_DIRECTORY`; FileStateError as `DataRoot` does
 */
export function resolveDirectory(userPath: string, { manager: { root } }: ToolContext): string {
  const { kind, realPath } = root.stat(root.resolve(userPath))
  if (kind === 'directory') return realPath
  const message = `Cannot list "${root.resolve(userPath)}": it is not a directory`
  throw new ToolError({ code: 'NOT_A_DIRECTORY', message })
}

/**
 * Refuses an answer about a scope that could not be read at all; what could not be read below it is part of the answer.
 *
 * @throws ToolError `PERMISSION_DENIED`
 */
export function mustBeReadable(scope: string, unreadable: readonly string[]): void {
  if (!unreadable.includes(scope)) return
  throw new ToolError({ code: 'PERMISSION_DENIED', message: `Cannot read "${scope}": permission denied` })
}
