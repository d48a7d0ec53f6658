import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import * as fc from 'fast-check'
import { systemErrorCode } from '../src/system-error.js'

const name = fc.constantFrom('a', 'b', 'c', 'é', '\u{1F600}')
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))

const verbs = {
  write: (first: string, second: string) => {
    mkdirSync(dirname(first), { recursive: true })
    writeFileSync(first, second)
  },
  append: (first: string) => appendFileSync(first, 'more'),
  touch: (first: string) => utimesSync(first, 1, Math.random() * 1_000),
  remove: (first: string) => rmSync(first, { recursive: true }),
  directory: (first: string) => mkdirSync(first, { recursive: true }),
  rename: (first: string, second: string) => renameSync(first, second),
  symlink: (first: string, second: string) => symlinkSync(second, first),
  hardLink: (first: string, second: string) => linkSync(first, second),
  mode: (first: string, second: string) => chmodSync(first, second.length % 2 === 0 ? 0o755 : 0o700),
  comeAndGo: (first: string) => {
    mkdirSync(first)
    rmSync(first, { recursive: true })
  },
} as const

/** One change of a tree; what cannot be done to the present tree does nothing. */
export interface TreeOperation {
  readonly verb: keyof typeof verbs
  readonly first: string
  readonly second: string
}

/** Any sequence of operations on a few names, so that they meet each other often. */
export const treeOperations = fc.array(
  fc.record({ verb: fc.constantFrom(...Object.keys(verbs).filter(isVerb)), first: path, second: path }),
  { minLength: 1, maxLength: 6 },
)

/** Does an operation below a root. */
export function applyOperation(root: string, { verb, first, second }: TreeOperation): void {
  try {
    verbs[verb](`${root}/${first}`, `${root}/${second}`)
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error
  }
}

function isVerb(text: string): text is keyof typeof verbs {
  return text in verbs
}
