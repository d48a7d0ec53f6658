import type { Plan } from '../plan.js'
import { isRootLike } from '../question/target.js'
import type { Target } from '../question/target.js'
import { baseName } from './path-tokens.js'
import { resolveNames } from './resolve-names.js'
import type { NamePhrase } from './resolve-names.js'

/** Where a target lies; `kind` is `unknown` while only the question names the path. */
export interface Place {
  readonly path: string
  readonly kind: 'file' | 'directory' | 'unknown'
  /** Other paths that carry the same name as well, at most nine. */
  readonly others: readonly string[]
}

const ROOT: Place = { path: '.', kind: 'directory', others: [] }

/** What is wanted when a phrase could name both. */
export type Wanted = 'file' | 'directory' | 'any'

/** Finds each target below the root, in one step at most; undefined for what no name matches. */
export function* resolveTargets(targets: readonly Target[], wanted: Wanted): Plan<readonly (Place | undefined)[]> {
  const phrases: NamePhrase[] = []
  for (const target of targets) {
    const phrase = phraseOf(target)
    if (phrase === undefined) continue
    if (wanted !== 'directory') phrases.push({ phrase, type: 'file' })
    if (wanted !== 'file') phrases.push({ phrase, type: 'directory' })
  }
  const found = phrases.length === 0 ? [] : yield* resolveNames(phrases)
  return targets.map((target) => {
    const phrase = phraseOf(target)
    if (phrase === undefined) return literal(target)
    const files = candidates(phrase, 'file', { phrases, found })
    const directories = candidates(phrase, 'directory', { phrases, found })
    const place = choose(files, directories, phrase)
    if (!isRootLike(phrase) || wanted === 'file') return place
    return place !== undefined && baseName(place.path).toLowerCase() === phrase.toLowerCase() ? place : ROOT
  })
}

/** Finds one target. */
export function* resolveTarget(target: Target, wanted: Wanted): Plan<Place | undefined> {
  const [place] = yield* resolveTargets([target], wanted)
  return place
}

/** A path with a slash is taken as written; a bare name may lie anywhere. */
function phraseOf(target: Target): string | undefined {
  if (target.kind === 'phrase') return target.phrase
  if (target.kind === 'path' && !target.path.includes('/') && !/^\.{1,2}$/.test(target.path)) return target.path
  return undefined
}

function literal(target: Target): Place {
  return target.kind === 'path'
    ? { path: tidyPath(target.path), kind: target.path.endsWith('/') ? 'directory' : 'unknown', others: [] }
    : ROOT
}

/** Slashes at the end say "folder" and are no part of the name. */
function tidyPath(path: string): string {
  const bare = path.replace(/^\.\/+(?=.)/, '').replace(/\/+$/, '')
  return bare === '' ? path : bare
}

function candidates(
  phrase: string,
  type: 'file' | 'directory',
  { phrases, found }: { phrases: readonly NamePhrase[]; found: readonly (readonly string[])[] },
): readonly string[] {
  const index = phrases.findIndex((one) => one.phrase === phrase && one.type === type)
  return found[index] ?? []
}

function choose(files: readonly string[], directories: readonly string[], phrase: string): Place | undefined {
  const [file] = files
  const [directory] = directories
  const wantsFile = file !== undefined && (directory === undefined || /\.\w{1,8}(?:\s|$)/.test(phrase))
  const path = wantsFile ? file : (directory ?? file)
  if (path === undefined) return undefined
  const rest = wantsFile ? files : directories
  return { path, kind: wantsFile ? 'file' : 'directory', others: rest.filter((other) => other !== path).slice(0, 9) }
}
