import { stem } from '../text/stem.js'
import { wordParts } from '../text/tokenize.js'

/** The last segment of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The directory of a path, empty for the root. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash === -1 ? '' : path.slice(0, slash)
}

/** The stems of the words a name is made of. */
export function nameStems(name: string): ReadonlySet<string> {
  return new Set(wordParts(name).map(stem))
}

/** A name as people say it: lower case, marks between words become spaces, no extension. */
export function spokenName(path: string): string {
  return baseName(path)
    .replace(/(?<=.)\.[^.]+$/, '')
    .replaceAll(/[-_.\s]+/g, ' ')
    .trim()
    .toLowerCase()
}
