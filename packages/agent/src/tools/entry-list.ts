import type { FoundEntry, SearchReport } from '@fsagent/search-cache'
import { mustBeReadable } from './resolve-scope.js'
import type { ToolContext } from './tool.js'

/** The entries below a directory, and where they came from. */
export interface EntryList {
  readonly entries: readonly FoundEntry[]
  readonly unreadable: readonly string[]
  readonly cache: SearchReport
}

/** Which entries are listed: those at most `maxDepth` levels below `scope`. */
export interface EntryRequest {
  readonly scope: string
  readonly maxDepth: number
  readonly includeIgnored: boolean
}

/**
 * Gives the entries below a directory from the index.
 *
 * @throws ToolError `PERMISSION_DENIED` when the directory itself cannot be listed
 */
export async function listEntries(request: EntryRequest, { manager, signal }: ToolContext): Promise<EntryList> {
  const { scope, maxDepth, includeIgnored } = request
  const found = await manager.searchCache.find(
    { operation: 'find', pattern: '*', scope, options: { maxDepth, includeIgnored } },
    { signal },
  )
  mustBeReadable(scope, found.unreadable)
  return found
}

/** Gives the last segment of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Gives the path without its last segment, '' for what lies directly in the root. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
