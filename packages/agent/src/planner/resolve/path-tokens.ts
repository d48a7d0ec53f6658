import { stem } from '../text/stem.js'
import { wordParts } from '../text/tokenize.js'

/** The last segment of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
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
