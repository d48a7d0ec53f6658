import type { ToolContext } from './tool.js'

/**
 * Gives the real path, relative to the root, of what a search starts from; the index never follows symbolic links itself.
 *
 * @throws FileStateError as `DataRoot` does
 */
export function resolveScope(userPath: string, { manager: { root } }: ToolContext): string {
  return root.stat(root.resolve(userPath)).realPath
}
