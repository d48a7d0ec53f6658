import type { SeededRandom } from '../seeded-random.js'
import { directories, drawPath } from './places.js'

/** One tool call with its JSON arguments. */
export interface Query {
  readonly tool: string
  readonly arguments: Readonly<Record<string, unknown>>
}

const patterns = ['needle', 'n.*e', '^x$', 'needle \\d', 'nowhere at all', 'NEEDLE']
const badPatterns = ['(', 'e\\nn', '']
const fileNames = ['*', '*.txt', '*.{log,md}', 'x*', '**/x.txt', 'b/**', '[b]', 'renamed']
const globs = ['*.txt', '!*.log', '**/b/**', ['*.md', '*.py'], '!a']

/** Draws the arguments of each tool. */
const drawers: Readonly<Record<string, (random: SeededRandom) => Query['arguments']>> = {
  grep: (random) => ({
    pattern: random.pick(random.next() < 0.95 ? patterns : badPatterns),
    path: drawScope(random),
    ...some(random, {
      glob: random.pick(globs),
      ignore_case: true,
      fixed: true,
      word: true,
      multiline: true,
      mode: random.pick(['files', 'count']),
      context: random.integer(1, 2),
      include_ignored: true,
      limit: random.pick([0, 3]),
      offset: 2,
    }),
  }),
  find: (random) => ({
    path: drawScope(random),
    name: random.pick(fileNames),
    ...some(random, {
      type: random.pick(['file', 'directory', 'symlink']),
      extension: 'txt',
      ignore_case: true,
      include_ignored: true,
      max_depth: random.integer(1, 3),
      min_size: random.integer(0, 10),
      max_size: random.integer(0, 30),
      limit: 0,
    }),
  }),
  cat: (random) => ({
    path: drawFile(random),
    ...some(random, { start_line: 2, end_line: 5, limit: random.pick([0, 3]) }),
  }),
  head: (random) => ({ path: drawFile(random), lines: random.integer(0, 12) }),
  tail: (random) => ({ path: drawFile(random), lines: random.integer(0, 12) }),
  preview: (random) => ({ path: drawFile(random), ...some(random, { lines: random.integer(0, 3) }) }),
  ls: (random) => ({ path: drawScope(random), ...some(random, { long: true, include_ignored: false, offset: 1 }) }),
  tree: (random) => ({
    path: drawScope(random),
    ...some(random, { depth: random.integer(1, 5), include_ignored: true }),
  }),
  wc: (random) => ({ path: drawFile(random) }),
  smart_read: (random) => ({ path: drawFile(random), ...some(random, { query: 'needle', start_line: 1 }) }),
  smart_cat: (random) => ({ paths: [drawFile(random), drawFile(random), drawFile(random)] }),
}

/** Draws a call of any tool. */
export function drawQuery(random: SeededRandom): Query {
  const tool = random.pick(Object.keys(drawers))
  return { tool, arguments: drawers[tool]?.(random) ?? {} }
}

/** A directory most of the time, in one of the spellings that people use. */
function drawScope(random: SeededRandom): string {
  if (random.next() < 0.15) return drawFile(random)
  const directory = random.pick([...directories, ...directories, '', 'a', 'docs', 'a/renamed'])
  if (directory === '') return random.pick(['.', '', 'root', './', 'a/..'])
  if (random.next() < 0.04) return `root/${directory}`
  return random.pick([directory, directory, `./${directory}/`, `${directory}/../${last(directory)}`])
}

function drawFile(random: SeededRandom): string {
  const path = drawPath(random)
  if (random.next() < 0.03) return random.pick(['.', 'a', '../x', '/etc/hostname'])
  if (random.next() < 0.04) return `root/${path}`
  return random.pick([path, path, path, `./${path}`, `a/../${path}`])
}

function last(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Each of the optional arguments with a small chance. */
function some(random: SeededRandom, options: Query['arguments']): Query['arguments'] {
  return Object.fromEntries(Object.entries(options).filter(() => random.next() < 0.2))
}
