/** Names that cannot be passed as arguments, or that would be ambiguous in an engine's output. */
export const AWKWARD_NAME = /[\n\p{Surrogate}]/u

const SURROGATE = /[\uD800-\uDFFF]/

/** Compares by the bytes of UTF-8, which is also the order of code points; JavaScript's own order is not. */
export function comparePaths(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const difference = rank(left.charCodeAt(index)) - rank(right.charCodeAt(index))
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** Sorts by the bytes of the paths, in place. */
export function sortByPath<Item extends { readonly path: string }>(items: Item[]): Item[] {
  // Without surrogates JavaScript's own order is the same, and ten times as fast.
  if (items.some(({ path }) => SURROGATE.test(path)))
    return items.sort((left, right) => comparePaths(left.path, right.path))
  return items.sort((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0))
}

/** Surrogates stand for code points above all others. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

/** The directory of a path, `''` at the root. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** The last segment of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Joins a directory and a name; the root is `''`. */
export function joinPath(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`
}

/** Whether the path is the directory or lies below it. */
export function isWithin(path: string, directory: string): boolean {
  return directory === '' || path === directory || path.startsWith(`${directory}/`)
}

/** The directories above a path, the root first, without the path itself. */
export function ancestorsOf(path: string): string[] {
  const ancestors: string[] = []
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) ancestors.push(path.slice(0, end))
  return path === '' ? [] : ['', ...ancestors]
}
