import { opendirSync } from 'node:fs'
import { FileStateError, type DataRoot } from '@fsagent/file-state'
import { joinPath } from '../path-order.js'
import { IGNORE_NAMES } from '../selection/ignore-levels.js'

const ENTRIES_LOOKED_AT = 200

/**
 * Whether ignore files show at a glance in the directories of a directory: where projects lie side by side, they do.
 *
 * It looks at so few entries that it costs nothing beside a search, so what it does not see may be there all the same.
 */
export function hasIgnoreFilesNear(root: DataRoot, directory: string): boolean {
  try {
    return firstDirectories(root, directory).some((name) => hasIgnoreFile(root, joinPath(directory, name)))
  } catch (error) {
    // Whoever searches there is told what is wrong.
    if (error instanceof FileStateError || (error instanceof Error && 'code' in error)) return false
    throw error
  }
}

function firstDirectories(root: DataRoot, directory: string): readonly string[] {
  using foothold = root.openDirectory(directory)
  const listing = opendirSync(foothold.location)
  try {
    const names: string[] = []
    for (let looked = 0; looked < ENTRIES_LOOKED_AT; looked += 1) {
      const entry = listing.readSync()
      if (entry === null) break
      if (entry.isDirectory()) names.push(entry.name)
    }
    return names
  } finally {
    listing.closeSync()
  }
}

function hasIgnoreFile(root: DataRoot, directory: string): boolean {
  return [...IGNORE_NAMES].some((name) => root.lstatSync(joinPath(directory, name)) !== undefined)
}
